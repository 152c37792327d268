package io.bowline.rpc.observe;

import io.bowline.rpc.Cancellation.Registration;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Meters of which a call need not be afraid: where a library refuses a series, since it knows one of that name with other labels
 * for instance, that is logged and nothing is counted. Who asks keeps what it gets, so it is logged once a series.
 */
record ForgivingMeters(Meters within) implements Meters {
    private static final Logger log = LoggerFactory.getLogger(Meters.class);
    private static final Gauge NO_GAUGE = new Gauge() {
        @Override
        public void add(long delta) {}

        @Override
        public Registration follow(DoubleSupplier source) {
            return () -> {};
        }
    };

    @Override
    public Gauge gauge(Measure measure, Map<String, String> labels) {
        return or(NO_GAUGE, measure, () -> within.gauge(measure, labels));
    }

    @Override
    public Counter counter(Measure measure, Map<String, String> labels) {
        return or(times -> {}, measure, () -> within.counter(measure, labels));
    }

    @Override
    public Rate rate(Measure measure, Map<String, String> labels) {
        return or(times -> {}, measure, () -> within.rate(measure, labels));
    }

    @Override
    public Histogram histogram(Measure measure, Map<String, String> labels) {
        return or(value -> {}, measure, () -> within.histogram(measure, labels));
    }

    @Override
    public Durations timer(Measure measure, Map<String, String> labels) {
        return or(nanos -> {}, measure, () -> within.timer(measure, labels));
    }

    private static <T> T or(T none, Measure measure, Supplier<T> meter) {
        try {
            return meter.get();
        } catch (RuntimeException refused) {
            log.warn("{} is not measured", measure.name(), refused);
            return none;
        }
    }
}
