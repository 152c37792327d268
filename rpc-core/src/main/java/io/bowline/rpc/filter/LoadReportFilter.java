package io.bowline.rpc.filter;

import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.Timer;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.DoubleSupplier;

/**
 * Tells consumers with each answer how busy this server is, for their {@code adaptive} balancer. A server's filter: {@code
 * RpcServer.builder().filter(LoadReportFilter.create())}. The load is asked for at most ten times a second.
 */
public final class LoadReportFilter implements Filter {
    /** The label of a response that carries the load: whole percent, {@code 0} to {@code 100}. */
    public static final String LABEL = "bowline-load";

    private static final long SAMPLE_NANOS = Duration.ofMillis(100).toNanos();

    private final DoubleSupplier load;
    private final Timer timer;

    /** Replaced whole; two threads that find it old both ask. */
    private volatile Sample sample;

    private record Sample(String percent, long atNanos) {}

    private LoadReportFilter(DoubleSupplier load, Timer timer) {
        this.load = load;
        this.timer = timer;
        sample = sample(timer.nanoTime());
    }

    /** Reports the machine's load average by its processors. */
    public static LoadReportFilter create() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return of(() -> system.getSystemLoadAverage() / system.getAvailableProcessors());
    }

    /**
     * Reports what the application knows better.
     *
     * @param load from 0, idle, to 1, full; must be quick and not throw
     */
    public static LoadReportFilter of(DoubleSupplier load) {
        return new LoadReportFilter(load, Timer.system());
    }

    @Override
    public CompletionStage<Response> apply(Request request, Invoker next) {
        return next.invoke(request).thenApply(this::labelled);
    }

    private Response labelled(Response response) {
        long now = timer.nanoTime();
        Sample known = sample;
        if (now - known.atNanos >= SAMPLE_NANOS) {
            known = sample(now);
            sample = known;
        }
        return new Response(response.value(), response.metadata().with(LABEL, known.percent));
    }

    private Sample sample(long now) {
        double measured = load.getAsDouble();
        int percent = (int) Math.round(100 * Math.min(1, Math.max(0, measured)));
        return new Sample(Integer.toString(percent), now);
    }
}
