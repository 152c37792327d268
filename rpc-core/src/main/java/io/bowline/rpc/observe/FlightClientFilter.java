package io.bowline.rpc.observe;

import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import java.util.concurrent.CompletionStage;
import jdk.jfr.EventType;

/** Writes a {@link ClientCallEvent} for each call, while a recording wants that. */
final class FlightClientFilter implements Filter {
    private final EventType type = EventType.getEventType(ClientCallEvent.class);

    @Override
    public boolean observes() {
        return true;
    }

    @Override
    public CompletionStage<Response> apply(Request request, Invoker next) {
        if (!type.isEnabled()) {
            return next.invoke(request);
        }
        ClientCallEvent event = new ClientCallEvent();
        event.begin();
        return CallEnd.of(next.attempt(request), failure -> {
            event.end();
            if (event.shouldCommit()) {
                event.service = CallNames.service(request.method());
                event.method = request.method().name();
                event.status = FlightEvents.status(failure);
                event.traceId = TraceLabel.traceId(request.metadata());
                event.commit();
            }
        });
    }
}
