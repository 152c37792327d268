package io.bowline.examples.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ApiKeyFilterTest {
    private static final Metadata KEY = Metadata.of(ApiKeyFilter.KEY, "sesame");

    private final ApiKeyFilter filter =
            new ApiKeyFilter(new ApiKeyPolicy(Map.of(ApiKeyPolicy.digest("sesame"), "ali")));

    @Test
    void tellsTheServiceWhoseKeyItIs() {
        assertThat(tenantSeen(KEY)).isEqualTo("ali");
    }

    @Test
    void believesNoTenantThatACallerClaims() {
        assertThat(tenantSeen(KEY.with(ApiKeyFilter.TENANT, "the-boss"))).isEqualTo("ali");
    }

    @Test
    void refusesWithoutAKnownKeyAndSaysThatNothingWasBegun() {
        for (Metadata sent : new Metadata[] {Metadata.EMPTY, Metadata.of(ApiKeyFilter.KEY, "guess")}) {
            assertThatThrownBy(() -> tenantSeen(sent))
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(RpcException.class, refused -> {
                        assertThat(refused.code()).isEqualTo(Code.UNAUTHENTICATED);
                        assertThat(refused.unprocessed()).isTrue();
                        assertThat(refused.getMessage()).doesNotContain("guess");
                    });
        }
    }

    @Test
    void refusesAPolicyThatHoldsAKeyInsteadOfItsDigest() {
        assertThatThrownBy(() -> new ApiKeyPolicy(Map.of("sesame", "ali")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("6 characters (expected: 64")
                .hasMessageNotContaining("sesame");
    }

    private Object tenantSeen(Metadata sent) {
        Invoker service = request ->
                CompletableFuture.completedFuture(Response.of(request.metadata().get(ApiKeyFilter.TENANT)));
        RpcMethod method =
                RpcMethod.builder(ServiceName.of("demo.Greeter"), "hello()").build();
        Deadline deadline = Deadline.after(Duration.ofSeconds(3), System.nanoTime(), "test");
        return filter.before(service)
                .invoke(new Request(method, new Object[0], sent, deadline, new Cancellation(), ""))
                .toCompletableFuture()
                .join()
                .value();
    }
}
