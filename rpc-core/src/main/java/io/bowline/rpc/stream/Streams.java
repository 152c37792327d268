package io.bowline.rpc.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Flow;

/**
 * The way from what can be read one by one to a {@link Flow.Publisher} and back. A method of a service returns a publisher;
 * whoever calls it subscribes, or reads it here as an iterator or as an {@link InputStream}. All of it is pulled: nothing is
 * read before it is asked for, and what is read waits in a bounded number of elements.
 */
public final class Streams {
    private Streams() {}

    /**
     * Publishes what an iterable has, to each subscriber from the beginning. Elements are taken on the thread that asks, which
     * is a handler's in a server; if the iterator is {@link AutoCloseable} it is closed at the end and when the subscriber
     * cancels.
     *
     * @param elements none of them null; what its iterator throws fails the stream
     */
    public static <T> Flow.Publisher<T> from(Iterable<? extends T> elements) {
        Objects.requireNonNull(elements, "elements");
        return subscriber -> PulledStream.begin(elements::iterator, subscriber);
    }

    /**
     * Publishes the bytes of an input in blocks, which are full but for the last. The input is opened for each subscriber, on
     * the thread that asks first, and closed at the end and when the subscriber cancels.
     *
     * @param bytes of a block, at least 1; 64 KiB and more make few messages of many bytes
     */
    public static Flow.Publisher<byte[]> blocks(Callable<? extends InputStream> open, int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("bytes: " + bytes + " (expected: at least 1)");
        }
        return subscriber -> PulledStream.begin(() -> new Blocks(open.call(), bytes), subscriber);
    }

    /**
     * Subscribes to a stream, to be read by a thread that waits. To be closed, best in a {@code try}: that cancels what has not
     * been read.
     */
    public static <T> StreamIterator<T> iterate(Flow.Publisher<? extends T> stream) {
        return new StreamIterator<>(stream);
    }

    /** The same for blocks of bytes. A failure of the stream is an {@link IOException} with that failure as its cause. */
    public static InputStream inputStream(Flow.Publisher<byte[]> blocks) {
        return new BlockInputStream(iterate(blocks));
    }

    /** The blocks of an input. */
    private static final class Blocks implements Iterator<byte[]>, AutoCloseable {
        private final InputStream in;
        private final int bytes;
        private byte[] next;

        Blocks(InputStream in, int bytes) throws IOException {
            this.in = in;
            this.bytes = bytes;
            this.next = in.readNBytes(bytes);
        }

        @Override
        public boolean hasNext() {
            return next.length > 0;
        }

        @Override
        public byte[] next() {
            byte[] block = next;
            if (block.length == 0) {
                throw new NoSuchElementException();
            }
            try {
                next = in.readNBytes(bytes);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
            return block;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
