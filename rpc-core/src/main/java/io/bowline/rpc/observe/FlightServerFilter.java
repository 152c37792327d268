package io.bowline.rpc.observe;

import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.Timer;
import java.util.concurrent.CompletionStage;
import jdk.jfr.EventType;

/** Writes a {@link ServerCallEvent} for each call, while a recording wants that. */
final class FlightServerFilter implements Filter {
    private final EventType type = EventType.getEventType(ServerCallEvent.class);
    private final Timer timer;

    FlightServerFilter(Timer timer) {
        this.timer = timer;
    }

    @Override
    public boolean observes() {
        return true;
    }

    @Override
    public CompletionStage<Response> apply(Request request, Invoker next) {
        if (!type.isEnabled()) {
            return next.invoke(request);
        }
        ServerCallEvent event = new ServerCallEvent();
        event.queueTime = timer.nanoTime() - CallEnd.arrivedNanos(request.deadline());
        event.begin();
        return CallEnd.of(next.attempt(request), failure -> {
            event.end();
            if (event.shouldCommit()) {
                event.service = CallNames.service(request.method());
                event.method = request.method().name();
                event.status = FlightEvents.status(failure);
                event.peer = request.peer();
                event.traceId = TraceLabel.traceId(request.metadata());
                event.commit();
            }
        });
    }
}
