package io.bowline.rpc.e2e;

import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/**
 * A publisher of as many elements as it is asked for, up to a number, made as they are asked for on the thread that asks,
 * which must be one at a time, as the server's are. It counts demand, elements and cancellations.
 */
final class Counted<T> implements Flow.Publisher<T> {
    private final int elements;
    private final IntFunction<T> element;
    private final Throwable end;

    final AtomicLong asked = new AtomicLong();
    final AtomicLong written = new AtomicLong();
    final AtomicLong cancelled = new AtomicLong();

    /** @param end how it ends after the last element; null if it completes */
    Counted(int elements, IntFunction<T> element, Throwable end) {
        this.elements = elements;
        this.element = element;
        this.end = end;
    }

    static Counted<Integer> to(int elements) {
        return new Counted<>(elements, i -> i, null);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> reader) {
        reader.onSubscribe(new Writing(reader));
    }

    private final class Writing implements Flow.Subscription {
        private final Flow.Subscriber<? super T> reader;
        private final AtomicBoolean over = new AtomicBoolean();
        private int next;

        Writing(Flow.Subscriber<? super T> reader) {
            this.reader = reader;
        }

        @Override
        public void request(long n) {
            asked.addAndGet(n);
            for (long i = 0; i < n && next < elements && !over.get(); i++) {
                written.incrementAndGet();
                reader.onNext(element.apply(next++));
            }
            if (next == elements && over.compareAndSet(false, true)) {
                if (end == null) {
                    reader.onComplete();
                } else {
                    reader.onError(end);
                }
            }
        }

        @Override
        public void cancel() {
            over.set(true);
            cancelled.incrementAndGet();
        }
    }
}
