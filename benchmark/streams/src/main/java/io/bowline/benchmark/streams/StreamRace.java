package io.bowline.benchmark.streams;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Rows a second through one stream over the loopback: all take turns, in one process; the median of the rounds. */
public final class StreamRace {
    private static final int WARM_UP = 3;
    private static final long ROUND_BYTES = 100_000_000;
    private static final int MOST_ROWS = 1_000_000;

    private StreamRace() {}

    public static void main(String[] args) throws InterruptedException {
        int rounds = args.length < 1 ? 7 : Integer.parseInt(args[0]);
        int bytes = args.length < 2 ? 100 : Integer.parseInt(args[1]);
        List<Racer> racers = List.of(
                new BowlineRacer(),
                new GrpcRacer("grpc", false, true),
                new GrpcRacer("grpc, direct executors", true, true),
                new GrpcRacer("grpc, without back-pressure", false, false));
        try {
            race(racers, rounds, bytes, System.out);
        } finally {
            racers.forEach(Racer::close);
        }
    }

    private static void race(List<Racer> racers, int rounds, int bytes, PrintStream out) throws InterruptedException {
        int rows = (int) Math.min(MOST_ROWS, ROUND_BYTES / Math.max(1, bytes));
        double[][] rates = new double[racers.size()][rounds];
        for (int round = -WARM_UP; round < rounds; round++) {
            for (int i = 0; i < racers.size(); i++) {
                long begin = System.nanoTime();
                long read = racers.get(i).read(rows, bytes);
                if (read != (long) rows * bytes) {
                    throw new IllegalStateException(
                            racers.get(i).name() + " read " + read + " bytes (expected: " + (long) rows * bytes + ")");
                }
                if (round >= 0) {
                    rates[i][round] = rows / ((System.nanoTime() - begin) / 1e9);
                }
            }
        }
        out.printf(Locale.ROOT, "%-30s %14s %8s%n", "rows of " + bytes + " bytes", "a second", "ratio");
        double own = median(rates[0]);
        for (int i = 0; i < racers.size(); i++) {
            double rate = median(rates[i]);
            out.printf(Locale.ROOT, "%-30s %,14.0f %8.2f%n", racers.get(i).name(), rate, own / rate);
        }
    }

    private static double median(double[] rates) {
        double[] sorted = rates.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
