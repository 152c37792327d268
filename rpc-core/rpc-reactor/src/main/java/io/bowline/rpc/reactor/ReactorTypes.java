package io.bowline.rpc.reactor;

import io.bowline.rpc.service.AsyncTypes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@code Mono} and {@code Flux} in contracts: each subscription makes a call, in the context of the thread that subscribes,
 * and what it signals comes on callback threads. A service's own are subscribed to as its futures and publishers are. Found by
 * {@link java.util.ServiceLoader}. Thread-safe.
 */
public final class ReactorTypes implements AsyncTypes {
    @Override
    public String name() {
        return "Reactor";
    }

    @Override
    public Class<?> single() {
        return Mono.class;
    }

    @Override
    public Class<?> many() {
        return Flux.class;
    }

    @Override
    public Object ofCall(Supplier<CompletableFuture<@Nullable Object>> call) {
        return Mono.fromFuture(call);
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // Whatever it is a Mono of; the future of an empty one has null.
    public CompletableFuture<@Nullable Object> toFuture(Object single) {
        return ((Mono<Object>) single).toFuture();
    }

    @Override
    public Object ofPublisher(Flow.Publisher<Object> publisher) {
        return JdkFlowAdapter.flowPublisherToFlux(publisher);
    }

    @Override
    @SuppressWarnings("unchecked") // Whatever it is a Flux of.
    public Flow.Publisher<Object> toPublisher(Object many) {
        return JdkFlowAdapter.publisherToFlowPublisher((Flux<Object>) many);
    }
}
