package io.bowline.rpc.stream;

import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One subscriber's reading of an iterator. Whoever asks while another thread emits leaves it to that one. */
final class PulledStream<T> implements Flow.Subscription {
    private static final Logger log = LoggerFactory.getLogger(Streams.class);

    private final Callable<? extends Iterator<? extends T>> open;
    private final Flow.Subscriber<? super T> subscriber;
    private final AtomicLong demand = new AtomicLong();
    private volatile boolean cancelled;
    private volatile boolean misasked;

    // Of whoever emits.
    private @Nullable Iterator<? extends T> source;
    private boolean over;

    private PulledStream(Callable<? extends Iterator<? extends T>> open, Flow.Subscriber<? super T> subscriber) {
        this.open = open;
        this.subscriber = subscriber;
    }

    static <T> void begin(Callable<? extends Iterator<? extends T>> open, Flow.Subscriber<? super T> subscriber) {
        subscriber.onSubscribe(new PulledStream<>(open, subscriber));
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            misasked = true;
        }
        turn(Math.max(1, n));
    }

    @Override
    public void cancel() {
        cancelled = true;
        turn(1);
    }

    private void turn(long more) {
        long before = demand.getAndAccumulate(more, (now, n) -> now + n < 0 ? Long.MAX_VALUE : now + n);
        if (before > 0) {
            return;
        }
        long asked = more;
        do {
            asked = emit(asked);
        } while (asked > 0);
    }

    /** Emits so many; returns how many more were asked for meanwhile. */
    private long emit(long asked) {
        for (long i = 0; i < asked && !over; i++) {
            if (cancelled) {
                end();
            } else if (misasked) {
                end();
                subscriber.onError(new IllegalArgumentException("request of less than 1 (expected: at least 1)"));
            } else {
                emitOne();
            }
        }
        return demand.addAndGet(-asked);
    }

    private void emitOne() {
        try {
            Iterator<? extends T> from = source;
            if (from == null) {
                from = open.call();
                source = from;
            }
            if (from.hasNext()) {
                subscriber.onNext(Objects.requireNonNull(from.next(), "an element"));
            }
            if (!cancelled && !from.hasNext()) {
                end();
                subscriber.onComplete();
            }
        } catch (Exception | Error thrown) {
            end();
            subscriber.onError(thrown);
        }
    }

    private void end() {
        over = true;
        if (source instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception leftOver) {
                log.warn("Closing what a stream was read from left something behind", leftOver);
            }
        }
    }
}
