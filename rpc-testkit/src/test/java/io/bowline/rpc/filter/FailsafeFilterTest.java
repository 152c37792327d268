package io.bowline.rpc.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.service.ServiceContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FailsafeFilterTest {
    /** Results of many kinds. */
    public interface Results {
        int number();

        boolean flag();

        char letter();

        void nothing();

        String text();

        Integer boxed();

        Optional<String> optional();

        List<String> list();

        Collection<String> collection();

        Set<String> set();

        Map<String, Integer> map();

        ArrayList<String> arrayList();

        int[] array();
    }

    private static Response call(RpcMethod method, RpcException failure) {
        Request request = new Request(
                method,
                new Object[0],
                Metadata.EMPTY,
                Deadline.after(Duration.ofSeconds(3), 0, "test"),
                new Cancellation(),
                "");
        return new FailsafeFilter(FailsafePolicy.DEFAULT, method)
                .before(any -> CompletableFuture.failedFuture(failure))
                .invoke(request)
                .toCompletableFuture()
                .join();
    }

    @Test
    void answersWithTheNothingOfTheDeclaredResult() {
        Map<String, Object> nothing = Map.of(
                "number()", 0,
                "flag()", false,
                "letter()", '\0',
                "optional()", Optional.empty(),
                "list()", List.of(),
                "collection()", List.of(),
                "set()", Set.of(),
                "map()", Map.of());
        ServiceContract.of(Results.class, "", "")
                .methods()
                .forEach(method -> assertThat(call(method.rpc(), RpcException.of(Code.CONNECTION_LOST, "lost"))
                                .value())
                        .as(method.rpc().name())
                        .isEqualTo(nothing.get(method.rpc().name())));
    }

    @Test
    void theCallersOwnCancellationStaysAFailure() {
        RpcMethod method =
                ServiceContract.of(Results.class, "", "").methods().get(0).rpc();
        assertThat(catchThrowable(() -> call(method, RpcException.of(Code.CANCELLED, "enough"))))
                .hasRootCauseMessage("RPC-CANCELLED enough");
    }
}
