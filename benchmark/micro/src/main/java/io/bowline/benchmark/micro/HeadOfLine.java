package io.bowline.benchmark.micro;

import io.bowline.rpc.Address;
import io.bowline.rpc.NonBlocking;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.transport.netty.NettyTransport;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * What a very large answer costs the small calls on its connection. Rounds take turns: small calls alone; beside answers
 * of 64 MiB that another client gets, of which one is always under way; and beside the same on the one connection. The
 * second tells what the machine takes, since such an answer keeps two cores busy, and the third what the connection adds.
 * Percentiles are those of the median round.
 */
public final class HeadOfLine {
    private static final int LARGE = 64 << 20;
    private static final int WARM_UP = 3;
    private static final long ROUND_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int MOST_SAMPLES = 1 << 20;

    private final Shelf shelf;
    private final Shelf apart;
    private final long[] samples = new long[MOST_SAMPLES];

    /** Something small, and something large. */
    public interface Shelf {
        int small(int number);

        CompletableFuture<byte[]> large(int bytes);
    }

    private static final class Stocked implements Shelf {
        private final byte[] content = new byte[LARGE];

        @Override
        @NonBlocking
        public int small(int number) {
            return number + 1;
        }

        @Override
        public CompletableFuture<byte[]> large(int bytes) {
            return CompletableFuture.completedFuture(content);
        }
    }

    private HeadOfLine(Shelf shelf, Shelf apart) {
        this.shelf = shelf;
        this.apart = apart;
    }

    public static void main(String[] args) {
        int rounds = args.length == 0 ? 7 : Integer.parseInt(args[0]);
        try (NettyTransport transport = transport();
                RpcServer server = RpcServer.builder()
                        .transport(transport())
                        .listen(new Address("127.0.0.1", 0))
                        .service(Shelf.class, new Stocked())
                        .start();
                RpcClient client = client(server, transport);
                RpcClient another = client(server, transport)) {
            new HeadOfLine(client.proxy(Shelf.class), another.proxy(Shelf.class)).measure(rounds, System.out);
        }
    }

    private static NettyTransport transport() {
        return NettyTransport.builder().maxMessage(2 * LARGE).build();
    }

    private static RpcClient client(RpcServer server, NettyTransport transport) {
        return RpcClient.builder()
                .transport(transport)
                .addresses(server.address())
                .timeout(Duration.ofSeconds(60))
                .build();
    }

    private void measure(int rounds, PrintStream out) {
        for (int i = 0; i < WARM_UP; i++) {
            alone();
            beside(apart);
            beside(shelf);
        }
        long[][] alone = new long[rounds][];
        long[][] elsewhere = new long[rounds][];
        long[][] same = new long[rounds][];
        for (int i = 0; i < rounds; i++) {
            alone[i] = alone();
            elsewhere[i] = beside(apart);
            same[i] = beside(shelf);
        }
        out.printf(Locale.ROOT, "%-36s %10s %10s%n", "small calls, in µs", "p50", "p99");
        print(out, "alone", alone);
        print(out, "64 MiB answers on another connection", elsewhere);
        print(out, "64 MiB answers on the same connection", same);
        out.printf(
                Locale.ROOT,
                "p99 on the same connection: %.2f times that beside another, %.2f times that alone%n",
                (double) median(same, 1) / median(elsewhere, 1),
                (double) median(same, 1) / median(alone, 1));
    }

    private static void print(PrintStream out, String name, long[][] rounds) {
        out.printf(Locale.ROOT, "%-36s %10.1f %10.1f%n", name, median(rounds, 0) / 1e3, median(rounds, 1) / 1e3);
    }

    private static long median(long[][] rounds, int percentile) {
        long[] sorted = Arrays.stream(rounds)
                .mapToLong(round -> round[percentile])
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    private long[] beside(Shelf taken) {
        Thread reader = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                CompletableFuture<byte[]> answer = taken.large(LARGE);
                if (answer.join().length != LARGE) {
                    throw new IllegalStateException("an answer of another size (expected: " + LARGE + " bytes)");
                }
            }
        });
        reader.start();
        try {
            return alone();
        } finally {
            reader.interrupt();
            try {
                reader.join();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The median and the 99th percentile of small calls, one after the other, in nanoseconds. */
    private long[] alone() {
        int count = 0;
        long begin = System.nanoTime();
        long before = begin;
        while (before - begin < ROUND_NANOS && count < MOST_SAMPLES) {
            if (shelf.small(count) != count + 1) {
                throw new IllegalStateException("a wrong answer");
            }
            long after = System.nanoTime();
            samples[count++] = after - before;
            before = after;
        }
        Arrays.sort(samples, 0, count);
        return new long[] {samples[count / 2], samples[(int) (count * 0.99)]};
    }
}
