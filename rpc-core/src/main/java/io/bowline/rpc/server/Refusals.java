package io.bowline.rpc.server;

import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.transport.RequestHead;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows calls that a server refuses on their head alone to the filters that {@linkplain Filter#observes() look on}, as calls
 * without arguments that fail. What those make of the failure changes nothing. Thread-safe.
 */
record Refusals(List<Filter> observers) {
    private static final Logger log = LoggerFactory.getLogger(RpcServer.class);
    private static final Object[] UNREAD = {};

    /** What was asked for in vain is somebody's free choice, and has one name. */
    private static final RpcMethod UNKNOWN = RpcMethod.builder(ServiceName.of("_OTHER"), "_OTHER")
            .traits(List.of(RpcMethod.Trait.GENERIC))
            .build();

    /** No such service or method is offered. */
    void unknown(RequestHead head, RpcException why) {
        refused(UNKNOWN, head, why);
    }

    void refused(RpcMethod method, RequestHead head, RpcException why) {
        if (observers.isEmpty()) {
            return;
        }
        Invoker refusing = request -> CompletableFuture.failedFuture(why);
        Request request =
                new Request(method, UNREAD, head.metadata(), head.deadline(), head.cancellation(), head.peer());
        try {
            Filter.chain(observers, refusing).invoke(request);
        } catch (RuntimeException thrown) {
            log.warn("A filter failed when it was shown a refused call of {}", method, thrown);
        }
    }
}
