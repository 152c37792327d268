package io.bowline.benchmark.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The one client of this process, and what each iteration took. Lives as long as the process: no benchmark connects. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // the client's process opens it before JMH runs, and JMH calls setUp
public class Session {
    private static UserClient shared;
    private static UserClient.@Nullable Async sharedAsync;
    private static Meter meter;
    private static final List<Meter.Sample> SAMPLES = new ArrayList<>();

    UserClient client;
    private UserClient.@Nullable Async async;

    /** What all benchmarks of this process share; {@code async} is null for a peer that has none. */
    static void open(UserClient client, UserClient.@Nullable Async async, Meter meter) {
        Session.shared = client;
        Session.sharedAsync = async;
        Session.meter = meter;
    }

    /** The samples since the last time this was asked, warm-up included. */
    static List<Meter.Sample> takeSamples() {
        List<Meter.Sample> samples = List.copyOf(SAMPLES);
        SAMPLES.clear();
        return samples;
    }

    /** For loads that are run on peers that have it only. */
    UserClient.Async async() {
        return Objects.requireNonNull(async, "this peer has no asynchronous calls");
    }

    @Setup(Level.Trial)
    public void setUp() {
        client = shared;
        async = sharedAsync;
    }

    @Setup(Level.Iteration)
    public void begin() {
        meter.begin();
    }

    @TearDown(Level.Iteration)
    public void end() {
        SAMPLES.add(meter.end());
    }

    /** One thread's count of its calls. */
    @State(Scope.Thread)
    @SuppressWarnings("NullAway.Init") // JMH calls setUp
    public static class Calls {
        Meter.Counter counter;
        long number;

        @Setup(Level.Trial)
        public void setUp() {
            counter = meter.counter();
        }

        @TearDown(Level.Trial)
        public void tearDown() {
            meter.forget(counter);
        }

        /** The number of the next call. */
        long next() {
            counter.increment();
            return number++ & 0xffff;
        }
    }
}
