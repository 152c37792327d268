package io.bowline.rpc.stream;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.transport.FailureMessage;
import io.bowline.rpc.transport.StreamFailure;
import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.WireInput;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A stream of messages as values: each message is read, the writer's failure becomes the exception that it told of, and
 * signals go from the I/O thread to other threads, many in one hand-over.
 *
 * <p>What a subscriber asks for is passed on as it is up to a window, and in portions beyond it: who asks for everything
 * and reads slowly holds the writer and no more memory than the window.
 */
public final class ReadStream implements Flow.Publisher<Object> {
    /** An element of more bytes is decoded off the I/O thread. */
    private static final int LARGE = 32 << 10;

    /** Elements that are asked for and not delivered; as many bytes of them as there may be, but at least one. */
    private static final int MOST_ELEMENTS = 1_024;

    private static final int MOST_BYTES = 256 << 10;

    /** Elements between two looks at the window. */
    private static final int STRIDE = 64;

    private final Flow.Publisher<WireInput> messages;
    private final Codec element;
    private final Function<FailureMessage, Throwable> failures;
    private final Executor executor;
    private final String what;
    private final AtomicBoolean taken = new AtomicBoolean();

    /**
     * @param messages takes one subscriber
     * @param element reads a message
     * @param failures makes of the failure with which the writer ended the stream what the subscriber is told
     * @param executor where the subscriber is told; if it refuses, the stream ends with {@code OVERLOADED}
     * @param what it is, for messages
     */
    public ReadStream(
            Flow.Publisher<WireInput> messages,
            Codec element,
            Function<FailureMessage, Throwable> failures,
            Executor executor,
            String what) {
        this.messages = messages;
        this.element = element;
        this.failures = failures;
        this.executor = executor;
        this.what = what;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Object> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        if (taken.getAndSet(true)) {
            subscriber.onSubscribe(new Nothing());
            subscriber.onError(new IllegalStateException(what + " has a subscriber (expected: one)"));
        } else {
            messages.subscribe(new Reading(subscriber));
        }
    }

    /** What a second subscriber holds. */
    private static final class Nothing implements Flow.Subscription {
        @Override
        public void request(long n) {
            // Nothing comes.
        }

        @Override
        public void cancel() {
            // There is nothing to cancel.
        }
    }

    private final class Reading implements Flow.Subscriber<WireInput>, Flow.Subscription, Runnable {
        private final Flow.Subscriber<? super Object> values;
        private Flow.@Nullable Subscription provider;

        /** Nothing more is delivered: set by whoever ends it. */
        private volatile boolean over;

        // Guarded by this.
        private @Nullable Object[] arrived = new Object[8];
        private int count;
        private boolean running;
        private long wanted;
        private int granted;
        private boolean ended;
        private @Nullable Throwable failure;

        /** Bytes of an element: the largest, slowly forgotten. The I/O thread writes it. */
        private volatile int size;

        // The delivering thread's.
        private @Nullable Object[] spare = new Object[8];

        Reading(Flow.Subscriber<? super Object> values) {
            this.values = values;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            provider = subscription;
            values.onSubscribe(this);
        }

        @Override
        public void request(long n) {
            if (n <= 0) {
                fail(new IllegalArgumentException("request(" + n + ") (expected: at least 1)"));
                return;
            }
            synchronized (this) {
                wanted = wanted + n < 0 ? Long.MAX_VALUE : wanted + n;
            }
            grant(0);
        }

        /** Asks for what is wanted, as far as the window reaches; beyond it, not for every single element. */
        private void grant(int delivered) {
            int window = Math.max(1, Math.min(MOST_ELEMENTS, MOST_BYTES / Math.max(1, size)));
            int now;
            synchronized (this) {
                granted -= delivered;
                int room = window - granted;
                if (room <= 0 || (wanted > room && granted > window / 2)) {
                    return;
                }
                now = (int) Math.min(wanted, room);
                if (wanted != Long.MAX_VALUE) {
                    wanted -= now;
                }
                granted += now;
            }
            if (now > 0 && !over) {
                Objects.requireNonNull(provider).request(now);
            }
        }

        @Override
        public void cancel() {
            over = true;
            Objects.requireNonNull(provider).cancel();
        }

        /** On an I/O thread, whose memory a small message may be. */
        @Override
        public void onNext(WireInput message) {
            if (over) {
                return;
            }
            int bytes = message.remaining();
            int before = size;
            size = bytes > before ? bytes : before - (before - bytes) / 8;
            if (bytes > LARGE) {
                arrived(message);
                return;
            }
            Object value;
            try {
                value = read(message);
            } catch (RpcException unreadable) {
                fail(unreadable);
                return;
            }
            arrived(value);
        }

        private Object read(WireInput message) {
            RpcException why;
            try {
                Object value = ReadStream.this.element.read(message);
                if (value != null) {
                    return value;
                }
                why = RpcException.of(Code.MALFORMED_DATA, "null in a stream (expected: a value)");
            } catch (RuntimeException | Error unreadable) {
                why = RpcException.from(unreadable);
            }
            Code code = why.code() == Code.INTERNAL ? Code.MALFORMED_DATA : why.code();
            throw RpcException.of(code, "cannot read an element of " + what + ": " + why.getMessage(), why);
        }

        private void arrived(Object element) {
            synchronized (this) {
                if (count == arrived.length) {
                    arrived = Arrays.copyOf(arrived, 2 * count);
                }
                arrived[count++] = element;
                if (running) {
                    return;
                }
                running = true;
            }
            start();
        }

        @Override
        public void onError(Throwable thrown) {
            if (thrown instanceof StreamFailure told) {
                end(failures.apply(told.failure()));
            } else {
                end(thrown);
            }
        }

        @Override
        public void onComplete() {
            end(null);
        }

        /** Ends it for both sides, for what this side found. */
        private void fail(Throwable why) {
            Objects.requireNonNull(provider).cancel();
            end(why);
        }

        private void end(@Nullable Throwable why) {
            synchronized (this) {
                if (ended) {
                    return;
                }
                ended = true;
                failure = why;
                if (running) {
                    return;
                }
                running = true;
            }
            start();
        }

        private void start() {
            try {
                executor.execute(this);
            } catch (RejectedExecutionException full) {
                refused();
            }
        }

        /** On the I/O thread, which must not run what may block: nothing but the end is told there. It stays running. */
        private void refused() {
            Objects.requireNonNull(provider).cancel();
            if (!over) {
                over = true;
                values.onError(RpcException.of(
                        Code.OVERLOADED,
                        "no thread is free for what comes of " + what
                                + " (expected: an executor that takes one task for each stream)"));
            }
        }

        /** On a thread of the executor, one at a time. */
        @Override
        public void run() {
            while (true) {
                @Nullable Object[] batch;
                int elements;
                synchronized (this) {
                    batch = arrived;
                    elements = count;
                    if (elements == 0 && !ended) {
                        running = false;
                        return;
                    }
                    arrived = spare;
                    count = 0;
                }
                if (elements == 0) {
                    finish(); // and never runs again: the last one stays running
                    return;
                }
                deliver(batch, elements);
                spare = batch;
            }
        }

        private void deliver(@Nullable Object[] batch, int elements) {
            int since = 0;
            for (int i = 0; i < elements; i++) {
                Object element = Objects.requireNonNull(batch[i]);
                batch[i] = null;
                deliver(element);
                if (++since == STRIDE) {
                    grant(since);
                    since = 0;
                }
            }
            grant(since);
        }

        private void deliver(Object element) {
            if (over) {
                return;
            }
            try {
                values.onNext(element instanceof WireInput message ? read(message) : element);
            } catch (RuntimeException | Error thrown) { // It cannot be read, or a filter has failed.
                over = true;
                Objects.requireNonNull(provider).cancel();
                values.onError(thrown);
            }
        }

        private void finish() {
            if (over) {
                return;
            }
            over = true;
            Throwable why;
            synchronized (this) {
                why = failure;
            }
            if (why == null) {
                values.onComplete();
            } else {
                values.onError(why);
            }
        }
    }
}
