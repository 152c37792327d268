package io.bowline.rpc.micrometer;

import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** Observes a client's calls; see {@link ObservationFilter}. */
final class ClientObservationFilter implements Filter {
    private final ObservationRegistry registry;
    private final RpcClientObservationConvention convention;

    ClientObservationFilter(ObservationRegistry registry, RpcClientObservationConvention convention) {
        this.registry = registry;
        this.convention = convention;
    }

    @Override
    public boolean observes() {
        return true;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the caller gets the stage itself, failures included
    public CompletionStage<Response> apply(Request request, Invoker next) {
        if (registry.isNoop()) {
            return next.invoke(request);
        }
        RpcClientContext context = new RpcClientContext(request);
        Observation observation = Observation.start(null, convention, () -> context, registry);
        if (observation.isNoop()) {
            return next.invoke(request);
        }
        Request sent = request.withMetadata(
                Objects.requireNonNull(context.getCarrier()).metadata());
        CompletionStage<Response> call;
        Observation.Scope scope = observation.openScope();
        try {
            call = next.attempt(sent);
        } finally {
            scope.close();
        }
        call.whenComplete((response, thrown) -> {
            if (thrown != null) {
                RpcException failure = RpcException.from(thrown);
                context.failed(failure.code());
                observation.error(ObservedFailure.of(failure));
            }
            observation.stop();
        });
        return call;
    }
}
