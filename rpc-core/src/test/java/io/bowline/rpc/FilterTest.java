package io.bowline.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FilterTest {
    private final Request request = new Request(
            RpcMethod.builder(ServiceName.of("demo.Greeter"), "hello()").build(),
            new Object[0],
            Metadata.EMPTY,
            Deadline.after(Duration.ofSeconds(1), 0, "test"),
            new Cancellation(),
            "");

    @Test
    void theFirstOfTheListIsTheOutermost() {
        List<String> order = new ArrayList<>();
        Invoker chain = Filter.chain(
                List.of(noting("outer", order), noting("inner", order)),
                call -> CompletableFuture.completedFuture(Response.of(1)));
        assertThat(chain.invoke(request).toCompletableFuture().join().value()).isEqualTo(1);
        assertThat(order).containsExactly("outer", "inner");
    }

    @Test
    void whatAFilterThrowsBecomesAFailedStage() {
        Filter broken = (call, next) -> {
            throw new IllegalStateException("broken");
        };
        CompletableFuture<Response> failed = broken.before(call -> CompletableFuture.completedFuture(Response.of(null)))
                .invoke(request)
                .toCompletableFuture();
        assertThatThrownBy(failed::join)
                .cause()
                .isInstanceOf(RpcException.class)
                .hasMessageContaining("RPC-INTERNAL")
                .hasMessageContaining("broken");
    }

    private static Filter noting(String name, List<String> order) {
        return (call, next) -> {
            order.add(name);
            return next.invoke(call);
        };
    }
}
