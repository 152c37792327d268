package io.bowline.rpc.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Carries the bytes of one direction. One thread reads and notes when each chunk is due; another writes it then, so a
 * delay does not slow the flow. The queue between them is bounded: a sender feels a stalled receiver as it does without
 * a proxy, a little later.
 */
final class FaultPump {
    private static final int CHUNK = 16_384;
    private static final int QUEUED = 64;

    private final FaultLink link;
    private final Socket from;
    private final Socket to;
    private final FaultLever lever;
    private final SplittableRandom jitter;
    private final SplittableRandom flips;
    private final BlockingQueue<Chunk> queue = new ArrayBlockingQueue<>(QUEUED);
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    /** The writer's: how many bytes it has written. */
    private long carried;

    FaultPump(FaultLink link, Socket from, Socket to, FaultLever lever, long seed) {
        this.link = link;
        this.from = from;
        this.to = to;
        this.lever = lever;
        this.jitter = new SplittableRandom(seed);
        this.flips = jitter.split();
    }

    void start(String name) {
        threads.add(FaultProxy.start(name + "-in", () -> run(this::read)));
        threads.add(FaultProxy.start(name + "-out", () -> run(this::write)));
    }

    void stop() {
        threads.forEach(Thread::interrupt);
    }

    /** What goes wrong on one side goes wrong on the other. */
    private void run(Carrying carrying) {
        try {
            carrying.run();
        } catch (IOException broken) {
            link.reset();
        } catch (InterruptedException stopped) {
            link.close();
        }
    }

    private void read() throws IOException, InterruptedException {
        InputStream in = from.getInputStream();
        byte[] buffer = new byte[CHUNK];
        long lastDue = System.nanoTime();
        int count;
        do {
            count = in.read(buffer);
            FaultLine faults = lever.faults();
            long spread = faults.jitter().toNanos();
            long due = System.nanoTime() + faults.delay().toNanos() + (spread == 0 ? 0 : jitter.nextLong(spread));
            lastDue = due - lastDue > 0 ? due : lastDue;
            queue.put(new Chunk(Arrays.copyOf(buffer, Math.max(0, count)), lastDue));
        } while (count >= 0);
    }

    private void write() throws IOException, InterruptedException {
        OutputStream out = to.getOutputStream();
        Chunk chunk = next();
        while (!chunk.isEnd()) {
            if (!write(chunk.bytes, out)) {
                link.close();
                return;
            }
            chunk = next();
        }
        lever.awaitWay();
        to.shutdownOutput();
        link.ended();
    }

    private Chunk next() throws InterruptedException {
        Chunk chunk = queue.take();
        TimeUnit.NANOSECONDS.sleep(chunk.due - System.nanoTime());
        return chunk;
    }

    /** Writes piece by piece, each by the faults of its moment; returns false when the connection is to be cut. */
    private boolean write(byte[] bytes, OutputStream out) throws IOException, InterruptedException {
        int at = 0;
        while (at < bytes.length) {
            FaultLine faults = lever.awaitWay();
            long count = Math.min(Math.min(faults.piece(), bytes.length - at), faults.cutAfter() - carried);
            if (count <= 0) {
                return false;
            }
            for (int i = at; i < at + count; i++) {
                carried++;
                if (faults.flipEvery() > 0 && carried % faults.flipEvery() == 0) {
                    bytes[i] ^= (byte) (1 << flips.nextInt(Byte.SIZE));
                }
            }
            out.write(bytes, at, (int) count);
            at += (int) count;
        }
        return carried < lever.faults().cutAfter();
    }

    @FunctionalInterface
    private interface Carrying {
        void run() throws IOException, InterruptedException;
    }

    /** Bytes that were read at once; none for the end of the stream. */
    private static final class Chunk {
        private final byte[] bytes;
        private final long due;

        Chunk(byte[] bytes, long due) {
            this.bytes = bytes;
            this.due = due;
        }

        boolean isEnd() {
            return bytes.length == 0;
        }
    }
}
