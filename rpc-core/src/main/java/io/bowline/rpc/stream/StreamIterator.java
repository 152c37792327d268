package io.bowline.rpc.stream;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.transport.IoThread;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is read by a thread that waits. It asks for {@value #WINDOW} elements ahead and no more. Used by one thread at
 * a time.
 *
 * <p>A wait ends with an element, with the stream's end, or by interruption, which cancels the stream. A service that neither
 * publishes nor ends makes its reader wait as long as the connection lives.
 */
public final class StreamIterator<T> implements Iterator<T>, AutoCloseable {
    private static final int WINDOW = 64;
    private static final Object END = new Object();

    private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
    private final Reader reader = new Reader();
    private volatile @Nullable Throwable failure;

    private @Nullable T next;
    private boolean over;
    private int read;

    StreamIterator(Flow.Publisher<? extends T> stream) {
        stream.subscribe(reader);
    }

    private final class Reader implements Flow.Subscriber<T> {
        private volatile Flow.@Nullable Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(WINDOW);
        }

        @Override
        public void onNext(T element) {
            arrived.add(Objects.requireNonNull(element, "element"));
        }

        @Override
        public void onError(Throwable thrown) {
            failure = thrown;
            arrived.add(END);
        }

        @Override
        public void onComplete() {
            arrived.add(END);
        }

        void request(int n) {
            Objects.requireNonNull(subscription, "subscription").request(n);
        }

        void cancel() {
            Flow.Subscription given = subscription;
            if (given != null) {
                given.cancel();
            }
        }
    }

    /**
     * Waits for an element, or for the end.
     *
     * @throws RpcException with which the stream failed; a service's checked exception is its cause. {@code CANCELLED} if the
     *     thread was interrupted, {@code BLOCKING_CALL} on an I/O thread
     */
    @Override
    public boolean hasNext() {
        if (next == null && !over) {
            take();
        }
        return next != null;
    }

    @SuppressWarnings("unchecked") // What is not the end came as a T.
    private void take() {
        if (arrived.isEmpty() && IoThread.isCurrent()) {
            throw RpcException.of(
                    Code.BLOCKING_CALL,
                    "waiting for a stream on the I/O thread "
                            + Thread.currentThread().getName()
                            + " would stall every connection of that thread; subscribe to it instead");
        }
        Object element;
        try {
            element = arrived.take();
        } catch (InterruptedException interrupted) {
            close();
            Thread.currentThread().interrupt();
            throw RpcException.of(Code.CANCELLED, "the thread that read a stream was interrupted", interrupted);
        }
        if (element != END) {
            next = (T) element;
            if (++read == WINDOW / 2) {
                read = 0;
                reader.request(WINDOW / 2);
            }
            return;
        }
        over = true;
        Throwable why = failure;
        if (why instanceof RuntimeException unchecked) {
            throw unchecked;
        } else if (why instanceof Error error) {
            throw error;
        } else if (why != null) {
            throw RpcException.application(why, null);
        }
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        T element = Objects.requireNonNull(next);
        next = null;
        return element;
    }

    /** The elements that are left, to be used in place of this object; closing that closes this. */
    public Stream<T> stream() {
        int kind = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, kind), false)
                .onClose(this::close);
    }

    /** Wants no more: cancels what has not come. */
    @Override
    public void close() {
        if (!over) {
            over = true;
            reader.cancel();
        }
        next = null;
    }
}
