package io.bowline.benchmark.kit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** What both processes and the kernel use during an iteration, and how many calls there were. */
final class Meter implements AutoCloseable {
    private final Socket control;
    private final BufferedReader in;
    private final PrintStream out;
    private final List<Counter> counters = new CopyOnWriteArrayList<>();

    /** Calls of one thread: written by it alone, read at the ends of an iteration. */
    static final class Counter {
        private final AtomicLong calls = new AtomicLong();

        void increment() {
            calls.lazySet(calls.getPlain() + 1);
        }
    }

    private Look begin;

    private record Look(Usage client, Usage server, long segments, long calls, long nanos) {}

    /** What one iteration took, per call. */
    record Sample(
            double callsPerSecond,
            double clientBytes,
            double serverBytes,
            double clientCpuMicros,
            double serverCpuMicros,
            double segments) {}

    Meter(int controlPort) throws IOException {
        control = new Socket(InetAddress.getLoopbackAddress(), controlPort);
        control.setTcpNoDelay(true);
        in = new BufferedReader(new InputStreamReader(control.getInputStream(), StandardCharsets.US_ASCII));
        out = new PrintStream(control.getOutputStream(), true, StandardCharsets.US_ASCII);
        begin = look();
    }

    Counter counter() {
        Counter counter = new Counter();
        counters.add(counter);
        return counter;
    }

    void forget(Counter counter) {
        counters.remove(counter);
    }

    void begin() {
        begin = look();
    }

    /** Since {@link #begin}. */
    Sample end() {
        Look end = look();
        double calls = Math.max(1, end.calls - begin.calls);
        Usage client = end.client.since(begin.client);
        Usage server = end.server.since(begin.server);
        return new Sample(
                calls * 1e9 / (end.nanos - begin.nanos),
                client.allocatedBytes() / calls,
                server.allocatedBytes() / calls,
                client.cpuNanos() / 1e3 / calls,
                server.cpuNanos() / 1e3 / calls,
                (end.segments - begin.segments) / calls);
    }

    private Look look() {
        try {
            out.println("usage");
            Usage server = Usage.parse(in.readLine());
            long calls =
                    counters.stream().mapToLong(counter -> counter.calls.get()).sum();
            return new Look(Usage.now(), server, Usage.segmentsSent(), calls, System.nanoTime());
        } catch (IOException e) {
            throw new UncheckedIOException("the server's process does not answer", e);
        }
    }

    @Override
    public void close() throws IOException {
        control.close();
    }
}
