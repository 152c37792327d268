package io.bowline.benchmark.micro;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the micro-benchmarks, short enough to be asked often; takes JMH's arguments and ends with a table. The bytes are
 * what an operation allocates, and the size is what it puts on the wire.
 */
public final class Micro {
    private static final String ROW = "%-50s %9s %9s %9s %8s %6s%n";

    private Micro() {}

    public static void main(String[] args) throws Exception {
        CommandLineOptions asked = new CommandLineOptions(args);
        if (asked.shouldList()) {
            new Runner(asked).list();
            return;
        }
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .parent(asked)
                        .mode(Mode.AverageTime)
                        .timeUnit(TimeUnit.NANOSECONDS)
                        .forks(asked.getForkCount().orElse(1))
                        .warmupIterations(asked.getWarmupIterations().orElse(4))
                        .warmupTime(asked.getWarmupTime().orElse(TimeValue.milliseconds(500)))
                        .measurementIterations(asked.getMeasurementIterations().orElse(4))
                        .measurementTime(asked.getMeasurementTime().orElse(TimeValue.milliseconds(400)))
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
        print(results, System.out);
    }

    private static void print(Collection<RunResult> results, PrintStream out) {
        out.printf(Locale.ROOT, "%n" + ROW, "room", "ns/op", "best", "worst", "B/op", "size");
        Map<String, RunResult> byName = new TreeMap<>();
        results.forEach(result -> byName.put(name(result), result));
        byName.forEach((name, result) -> out.printf(
                Locale.ROOT,
                ROW,
                name,
                rounded(result.getPrimaryResult().getScore()),
                rounded(result.getPrimaryResult().getStatistics().getMin()),
                rounded(result.getPrimaryResult().getStatistics().getMax()),
                secondary(result, "gc.alloc.rate.norm", 1),
                secondary(result, "size", iterations(result))));
    }

    private static String name(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        int type = benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1);
        String parameters = result.getParams().getParamsKeys().stream()
                .map(key -> result.getParams().getParam(key))
                .collect(Collectors.joining(", "));
        return benchmark.substring(type + 1) + (parameters.isEmpty() ? "" : " (" + parameters + ")");
    }

    private static String secondary(RunResult result, String key, int divisor) {
        Result<?> found = result.getSecondaryResults().get(key);
        return found == null ? "" : String.format(Locale.ROOT, "%.0f", found.getScore() / divisor);
    }

    /** JMH adds up what a benchmark says of itself over all of them. */
    private static int iterations(RunResult result) {
        return result.getBenchmarkResults().stream()
                .mapToInt(fork -> fork.getIterationResults().size())
                .sum();
    }

    private static String rounded(double nanos) {
        return String.format(Locale.ROOT, nanos < 100 ? "%.1f" : "%.0f", nanos);
    }
}
