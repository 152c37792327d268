package io.bowline.rpc.observe;

import io.bowline.rpc.Attempt;
import io.bowline.rpc.CallListener;
import io.bowline.rpc.CallReport;
import io.bowline.rpc.Filter;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.Timer;
import java.util.List;
import jdk.jfr.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Calls as events of the JDK's flight recorder: {@code io.bowline.rpc.ClientCall}, {@code .ServerCall} and {@code .Attempt}. While
 * no recording wants an event, a call costs one comparison and no memory.
 *
 * <pre>{@code
 * RpcClient.builder().filter(FlightEvents.client()).listener(FlightEvents.attempts())
 * RpcServer.builder().filter(FlightEvents.server())
 * }</pre>
 */
public final class FlightEvents {
    private FlightEvents() {}

    /** An event for each call of a client. */
    public static Filter client() {
        return new FlightClientFilter();
    }

    /** An event for each call at a server, of those, too, that it refuses. */
    public static Filter server() {
        return new FlightServerFilter(Timer.system());
    }

    /**
     * An event for each attempt of a client's calls, with its phases. Each call is recorded while a recording has {@code
     * io.bowline.rpc.Attempt} on, which it is not by default; without, attempts of calls that failed are not told either.
     */
    public static CallListener attempts() {
        return new Attempts();
    }

    static String status(@Nullable RpcException failure) {
        return CallNames.status(failure == null ? null : failure.code());
    }

    private static final class Attempts implements CallListener {
        private final EventType type = EventType.getEventType(AttemptEvent.class);

        @Override
        public boolean records(RpcMethod method) {
            return type.isEnabled();
        }

        @Override
        public void ended(CallReport report) {
            if (type.isEnabled()) {
                report.attempts().forEach(attempt -> write(report, attempt));
            }
        }

        private static void write(CallReport report, Attempt attempt) {
            AttemptEvent event = new AttemptEvent();
            if (!event.shouldCommit()) {
                return;
            }
            event.service = CallNames.service(report.method());
            event.method = report.method().name();
            event.status = status(attempt.failure());
            event.provider = attempt.provider().toString();
            event.after = attempt.startNanos() - report.startNanos();
            event.took = attempt.tookNanos();
            event.queue = phase(attempt.phases(), "queue");
            event.encode = phase(attempt.phases(), "encode");
            event.wire = phase(attempt.phases(), "wire") + phase(attempt.phases(), "wire and server");
            event.serverQueue = phase(attempt.phases(), "server queue");
            event.handler = phase(attempt.phases(), "handler");
            event.decode = phase(attempt.phases(), "decode");
            event.commit();
        }

        private static long phase(List<Attempt.Phase> phases, String name) {
            for (Attempt.Phase phase : phases) {
                if (phase.name().equals(name)) {
                    return phase.nanos();
                }
            }
            return 0;
        }
    }
}
