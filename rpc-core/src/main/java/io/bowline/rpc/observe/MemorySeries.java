package io.bowline.rpc.observe;

import io.bowline.rpc.Timer;
import io.bowline.rpc.observe.Reading.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * A meter that is kept in memory.
 *
 * @param meter what counts, of the kind's type in {@link Meters}
 * @param values what it says
 */
record MemorySeries(
        Measure measure, Map<String, String> labels, Kind kind, Object meter, Supplier<Map<String, Double>> values) {
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    Reading read() {
        return new Reading(measure, labels, kind, values.get());
    }

    static MemorySeries gauge(Measure measure, Map<String, String> labels) {
        Level level = new Level();
        return new MemorySeries(measure, labels, Kind.GAUGE, level, () -> Map.of("value", level.value()));
    }

    static MemorySeries counter(Measure measure, Map<String, String> labels) {
        LongAdder count = new LongAdder();
        Meters.Counter counter = count::add;
        return new MemorySeries(measure, labels, Kind.COUNTER, counter, () -> Map.of("count", (double) count.sum()));
    }

    static MemorySeries rate(Measure measure, Map<String, String> labels, Timer timer) {
        MovingRates rates = new MovingRates(timer);
        return new MemorySeries(measure, labels, Kind.RATE, rates, () -> {
            MovingRates.Averages averages = rates.averages();
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("count", (double) rates.count());
            values.put("m1", averages.m1());
            values.put("m5", averages.m5());
            values.put("m15", averages.m15());
            return values;
        });
    }

    static MemorySeries histogram(Measure measure, Map<String, String> labels, Timer timer) {
        Distribution all = new Distribution(timer);
        Meters.Histogram histogram = all::record;
        return new MemorySeries(measure, labels, Kind.HISTOGRAM, histogram, all::values);
    }

    static MemorySeries timer(Measure measure, Map<String, String> labels, Timer timer) {
        Distribution all = new Distribution(timer);
        Meters.Durations seconds = nanos -> all.record(nanos / NANOS_PER_SECOND);
        return new MemorySeries(measure, labels, Kind.TIMER, seconds, all::values);
    }
}
