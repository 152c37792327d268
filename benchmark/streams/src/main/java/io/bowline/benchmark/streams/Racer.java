package io.bowline.benchmark.streams;

/** One framework: a server, and a client of it over the loopback. */
interface Racer extends AutoCloseable {
    String name();

    /** Reads a stream of so many rows to its end, as fast as they come; returns the bytes that came. */
    long read(int rows, int bytes) throws InterruptedException;

    @Override
    void close();
}
