package io.bowline.rpc.observe;

import io.bowline.rpc.Cancellation.Registration;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Where numbers go: the five kinds of meters that there are. An adapter puts them into a metrics library; {@link
 * MemoryMeters} keeps them in the process.
 *
 * <p>A measure and its labels name one series. Who asks twice for a series gets the same meter, or one that counts into the
 * same, so that two clients of one process add up. Meters are looked up when something is built, or called for the first
 * time, and kept by who uses them. All are thread-safe, never block and never throw, and cost well under a microsecond.
 */
public interface Meters {
    /** How much of something there is at this moment. */
    Gauge gauge(Measure measure, Map<String, String> labels);

    /** How often something has happened; never goes down. */
    Counter counter(Measure measure, Map<String, String> labels);

    /** How often something happens a second, of late. */
    Rate rate(Measure measure, Map<String, String> labels);

    /** How values are distributed. */
    Histogram histogram(Measure measure, Map<String, String> labels);

    /** How durations are distributed, in seconds. */
    Durations timer(Measure measure, Map<String, String> labels);

    /** What goes up and down: what was added, and what the sources say that it follows. */
    interface Gauge {
        /** So many more; fewer if it is less than nothing. */
        void add(long delta);

        /**
         * Adds what a source says, each time the gauge is read, until the registration is closed. The source is asked on any
         * thread, must be quick and must not throw.
         */
        Registration follow(DoubleSupplier source);
    }

    /** What only goes up. */
    @FunctionalInterface
    interface Counter {
        /** It has happened so often more; at least 0. */
        void add(long times);
    }

    /** Happenings a second. */
    @FunctionalInterface
    interface Rate {
        /** It has happened so often; at least 0. */
        void mark(long times);
    }

    /** A distribution of values. */
    @FunctionalInterface
    interface Histogram {
        /** One value, in the measure's unit; what is below 0 counts as 0. */
        void record(double value);
    }

    /** A distribution of durations. */
    @FunctionalInterface
    interface Durations {
        /** One duration; what is below 0 counts as 0. */
        void record(long nanos);
    }
}
