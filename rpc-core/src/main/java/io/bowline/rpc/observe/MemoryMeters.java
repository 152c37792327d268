package io.bowline.rpc.observe;

import io.bowline.rpc.Timer;
import io.bowline.rpc.observe.Reading.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Meters kept in this process, for who has no metrics library: {@link #readings()} tells what they say, and {@link JmxMeters}
 * shows the same by JMX. Bounded: series beyond the bound count into one of their measure, whose only label is {@code
 * overflow}. A histogram or timer takes some 4 KiB, any other meter a few hundred bytes. Thread-safe.
 */
public final class MemoryMeters implements Meters {
    private static final Logger log = LoggerFactory.getLogger(MemoryMeters.class);
    private static final int NORMAL_SERIES = 10_000;
    private static final Map<String, String> OVERFLOW = Map.of("overflow", "true");

    private final Map<Key, MemorySeries> series = new ConcurrentHashMap<>();
    private final int maxSeries;
    private final Timer timer;
    private final Consumer<MemorySeries> added;

    private record Key(String measure, Map<String, String> labels) {}

    MemoryMeters(int maxSeries, Timer timer, Consumer<MemorySeries> added) {
        if (maxSeries < 1) {
            throw new IllegalArgumentException("maxSeries: " + maxSeries + " (expected: >= 1)");
        }
        this.maxSeries = maxSeries;
        this.timer = timer;
        this.added = added;
    }

    /** For at most 10,000 series. */
    public static MemoryMeters create() {
        return create(NORMAL_SERIES);
    }

    /** For at most so many series. */
    public static MemoryMeters create(int maxSeries) {
        return new MemoryMeters(maxSeries, Timer.system(), fresh -> {});
    }

    /** What all series say now, by measure. */
    public List<Reading> readings() {
        return series.values().stream()
                .map(MemorySeries::read)
                .sorted((one, other) ->
                        one.measure().name().compareTo(other.measure().name()))
                .toList();
    }

    /** What one series says now; null if there is none. */
    public @Nullable Reading reading(String measure, Map<String, String> labels) {
        MemorySeries known = series.get(new Key(measure, Map.copyOf(labels)));
        return known == null ? null : known.read();
    }

    @Override
    public Gauge gauge(Measure measure, Map<String, String> labels) {
        return (Gauge) meter(measure, labels, Kind.GAUGE, MemorySeries::gauge);
    }

    @Override
    public Counter counter(Measure measure, Map<String, String> labels) {
        return (Counter) meter(measure, labels, Kind.COUNTER, MemorySeries::counter);
    }

    @Override
    public Rate rate(Measure measure, Map<String, String> labels) {
        return (Rate) meter(measure, labels, Kind.RATE, (what, whose) -> MemorySeries.rate(what, whose, timer));
    }

    @Override
    public Histogram histogram(Measure measure, Map<String, String> labels) {
        return (Histogram)
                meter(measure, labels, Kind.HISTOGRAM, (what, whose) -> MemorySeries.histogram(what, whose, timer));
    }

    @Override
    public Durations timer(Measure measure, Map<String, String> labels) {
        return (Durations) meter(measure, labels, Kind.TIMER, (what, whose) -> MemorySeries.timer(what, whose, timer));
    }

    private Object meter(
            Measure measure,
            Map<String, String> labels,
            Kind kind,
            BiFunction<Measure, Map<String, String>, MemorySeries> make) {
        MemorySeries known = series.get(new Key(measure.name(), Map.copyOf(labels)));
        if (known == null) {
            known = add(measure, labels, make);
        }
        if (known.kind() != kind) {
            throw new IllegalArgumentException(
                    measure.name() + " is a " + known.kind() + " (expected: asked for as such, not as a " + kind + ")");
        }
        return known.meter();
    }

    /** One thread at a time, which is rare: the bound is kept, and each series is told of once. */
    private synchronized MemorySeries add(
            Measure measure, Map<String, String> labels, BiFunction<Measure, Map<String, String>, MemorySeries> make) {
        Map<String, String> own = new LinkedHashMap<>(labels);
        if (series.size() >= maxSeries) {
            if (!series.containsKey(new Key(measure.name(), OVERFLOW))) {
                log.warn("There are {} series of metrics; more of {} are one", maxSeries, measure.name());
            }
            own = OVERFLOW;
        }
        Key key = new Key(measure.name(), Map.copyOf(own));
        MemorySeries known = series.get(key);
        if (known == null) {
            known = make.apply(measure, own);
            series.put(key, known);
            added.accept(known);
        }
        return known;
    }
}
