package io.bowline.rpc.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.transport.IoThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A subscriber that writes down what it hears, and whether it was told by the rules: one at a time, and one end. */
final class Tape<T> implements Flow.Subscriber<T> {
    private final Consumer<T> each;
    private final AtomicInteger inside = new AtomicInteger();
    private final List<String> breaches = new ArrayList<>();
    private final List<T> heard = new ArrayList<>();
    private final CountDownLatch subscribed = new CountDownLatch(1);
    private Flow.Subscription subscription;
    private Throwable failure;
    private int ends;

    Tape() {
        this(element -> {});
    }

    /** @param each runs with each element */
    Tape(Consumer<T> each) {
        this.each = each;
    }

    static <T> Tape<T> of(Flow.Publisher<T> publisher) {
        Tape<T> tape = new Tape<>();
        publisher.subscribe(tape);
        return tape;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        subscribed.countDown();
    }

    @Override
    public void onNext(T element) {
        enter();
        each.accept(element);
        synchronized (this) {
            heard.add(element);
        }
        inside.decrementAndGet();
    }

    private void enter() {
        if (inside.incrementAndGet() != 1) {
            breach("two signals at a time");
        }
        if (IoThread.isCurrent()) {
            breach("a signal on an I/O thread");
        }
        synchronized (this) {
            if (ends > 0) {
                breach("a signal after the end");
            }
        }
    }

    private synchronized void breach(String what) {
        breaches.add(what);
    }

    @Override
    public void onError(Throwable thrown) {
        enter();
        synchronized (this) {
            failure = thrown;
            ends++;
        }
        inside.decrementAndGet();
    }

    @Override
    public void onComplete() {
        enter();
        synchronized (this) {
            ends++;
        }
        inside.decrementAndGet();
    }

    Tape<T> request(long n) {
        subscription().request(n);
        return this;
    }

    void cancel() {
        subscription().cancel();
    }

    private Flow.Subscription subscription() {
        if (subscribed.getCount() > 0) {
            await().until(() -> subscribed.getCount() == 0);
        }
        return subscription;
    }

    synchronized List<T> heard() {
        assertThat(breaches).isEmpty();
        return List.copyOf(heard);
    }

    synchronized boolean ended() {
        return ends > 0;
    }

    /** Waits for so many elements. */
    List<T> heard(int count) {
        if (heard().size() < count) {
            await().untilAsserted(() -> assertThat(heard()).hasSizeGreaterThanOrEqualTo(count));
        }
        return heard();
    }

    /** Waits for the end, of which there must be one; null if it completed. */
    Throwable end() {
        if (!ended()) {
            await().atMost(Duration.ofSeconds(30)).until(this::ended);
        }
        synchronized (this) {
            assertThat(breaches).isEmpty();
            assertThat(ends).isOne();
            return failure;
        }
    }
}
