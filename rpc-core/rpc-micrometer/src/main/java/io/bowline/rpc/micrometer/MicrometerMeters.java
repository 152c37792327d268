package io.bowline.rpc.micrometer;

import io.bowline.rpc.Timer;
import io.bowline.rpc.observe.Level;
import io.bowline.rpc.observe.Measure;
import io.bowline.rpc.observe.Meters;
import io.bowline.rpc.observe.MovingRates;
import io.bowline.rpc.observe.MovingRates.Averages;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Bowline's {@link Meters} in a {@link MeterRegistry}: labels are tags, boundaries are service level objectives, so that a
 * registry that counts by ranges gets them. A rate, for which Micrometer has no meter, is three gauges, told apart by the tag
 * {@value #WINDOW}; a registry that can tell rates from counters, such as Prometheus, has no need of them ({@link
 * io.bowline.rpc.observe.MetricsPolicy#withRates}).
 *
 * <p>Any number of these may be made of one registry: they share its meters. Thread-safe.
 */
public final class MicrometerMeters implements Meters {
    /** The tag of a rate: {@code 1m}, {@code 5m} or {@code 15m}. */
    public static final String WINDOW = "window";

    private final MeterRegistry registry;
    private final SharedStates states;

    private MicrometerMeters(MeterRegistry registry) {
        this.registry = registry;
        states = SharedStates.of(registry);
    }

    public static MicrometerMeters of(MeterRegistry registry) {
        return new MicrometerMeters(registry);
    }

    @Override
    public Gauge gauge(Measure measure, Map<String, String> labels) {
        Level level = states.of(measure.name(), labels, Level.class, Level::new);
        register(measure, tags(labels), level, Level::value);
        return level;
    }

    @Override
    public Counter counter(Measure measure, Map<String, String> labels) {
        io.micrometer.core.instrument.Counter counter = io.micrometer.core.instrument.Counter.builder(measure.name())
                .description(measure.description())
                .baseUnit(baseUnit(measure))
                .tags(tags(labels))
                .register(registry);
        return counter::increment;
    }

    @Override
    public Rate rate(Measure measure, Map<String, String> labels) {
        MovingRates rates = states.of(measure.name(), labels, MovingRates.class, () -> new MovingRates(Timer.system()));
        window("1m", measure, labels, rates, Averages::m1);
        window("5m", measure, labels, rates, Averages::m5);
        window("15m", measure, labels, rates, Averages::m15);
        return rates;
    }

    private void window(
            String name,
            Measure measure,
            Map<String, String> labels,
            MovingRates rates,
            ToDoubleFunction<Averages> average) {
        register(measure, tags(labels).and(WINDOW, name), rates, all -> average.applyAsDouble(all.averages()));
    }

    private <T> void register(Measure measure, Tags tags, T state, ToDoubleFunction<T> value) {
        io.micrometer.core.instrument.Gauge.builder(measure.name(), state, value)
                .description(measure.description())
                .baseUnit(baseUnit(measure))
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    @Override
    public Histogram histogram(Measure measure, Map<String, String> labels) {
        DistributionSummary.Builder builder = DistributionSummary.builder(measure.name())
                .description(measure.description())
                .baseUnit(baseUnit(measure))
                .tags(tags(labels));
        if (!measure.boundaries().isEmpty()) {
            builder.serviceLevelObjectives(measure.boundaries().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray());
        }
        DistributionSummary summary = builder.register(registry);
        return value -> summary.record(Math.max(0, value));
    }

    @Override
    public Durations timer(Measure measure, Map<String, String> labels) {
        io.micrometer.core.instrument.Timer.Builder builder = io.micrometer.core.instrument.Timer.builder(
                        measure.name())
                .description(measure.description())
                .tags(tags(labels));
        if (!measure.boundaries().isEmpty()) {
            builder.serviceLevelObjectives(measure.boundaries().stream()
                    .map(seconds -> Duration.ofNanos(Math.round(seconds * 1e9)))
                    .toArray(Duration[]::new));
        }
        io.micrometer.core.instrument.Timer timer = builder.register(registry);
        return nanos -> timer.record(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }

    private static Tags tags(Map<String, String> labels) {
        List<Tag> tags = new ArrayList<>();
        labels.forEach((key, value) -> tags.add(Tag.of(key, value)));
        return Tags.of(tags);
    }

    /** Registries put units into names; {@code 1} and UCUM's {@code {call}} are none. */
    private static @Nullable String baseUnit(Measure measure) {
        return switch (measure.unit()) {
            case "By" -> "bytes";
            case "s" -> "seconds";
            default -> null;
        };
    }
}
