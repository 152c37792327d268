package io.bowline.rpc.service;

import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The subscriber that a service was given as an argument: a stream like one that it returns. The service has it subscribed to a
 * publisher, before its method returns or after; what it hears by then is kept until the answer's own subscriber is there, and
 * no element may come before that has asked. Thread-safe, as far as its signals come one by one.
 */
final class Listener implements Flow.Subscriber<Object>, Flow.Publisher<Object> {
    // Guarded by this.
    private Flow.@Nullable Subscriber<? super Object> reader;
    private Flow.@Nullable Subscription subscription;
    private boolean abandoned;

    /** An end that came before the reader. */
    private boolean ended;

    private @Nullable Throwable failure;

    @Override
    public void subscribe(Flow.Subscriber<? super Object> subscriber) {
        Flow.Subscription given;
        boolean over;
        synchronized (this) {
            reader = subscriber;
            given = subscription;
            over = ended;
        }
        if (given != null) {
            subscriber.onSubscribe(given);
        }
        if (over) {
            end(subscriber, failure);
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        Objects.requireNonNull(given, "subscription");
        Flow.Subscriber<? super Object> known;
        boolean unwanted;
        synchronized (this) {
            known = reader;
            unwanted = abandoned || subscription != null;
            if (!unwanted) {
                subscription = given;
            }
        }
        if (unwanted) {
            given.cancel();
        } else if (known != null) {
            known.onSubscribe(given);
        }
    }

    @Override
    public void onNext(Object element) {
        Objects.requireNonNull(element, "element");
        Flow.Subscriber<? super Object> known;
        synchronized (this) {
            known = reader;
        }
        if (known == null) {
            throw new IllegalStateException("an element that was not asked for (Flow.Subscription)");
        }
        known.onNext(element);
    }

    @Override
    public void onError(Throwable thrown) {
        ended(Objects.requireNonNull(thrown, "thrown"));
    }

    @Override
    public void onComplete() {
        ended(null);
    }

    private void ended(@Nullable Throwable why) {
        Flow.Subscriber<? super Object> known;
        synchronized (this) {
            known = reader;
            if (known == null) {
                ended = true;
                failure = why;
            }
        }
        if (known != null) {
            end(known, why);
        }
    }

    private static void end(Flow.Subscriber<?> subscriber, @Nullable Throwable why) {
        if (why == null) {
            subscriber.onComplete();
        } else {
            subscriber.onError(why);
        }
    }

    /** The method has failed, and nobody will read. */
    void abandon() {
        Flow.Subscription given;
        synchronized (this) {
            abandoned = true;
            given = subscription;
        }
        if (given != null) {
            given.cancel();
        }
    }
}
