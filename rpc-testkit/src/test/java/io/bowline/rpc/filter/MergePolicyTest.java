package io.bowline.rpc.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Code;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.service.ServiceContract;
import io.bowline.rpc.testkit.ManualTimer;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MergePolicyTest {
    /** Results that can be merged, and some that cannot. */
    public interface Parts {
        List<String> list();

        Collection<String> collection();

        Set<Integer> set();

        Map<String, Integer> counts();

        Map<String, List<String>> lists();

        Map<String, String> texts();

        int number();

        Long boxed();

        short small();

        BigDecimal amount();

        String text();

        Optional<String> optional();

        void nothing();
    }

    private final ManualTimer timer = new ManualTimer();
    private final RetryBudget budget = new RetryBudget(RetryBudgetPolicy.DEFAULT, timer);

    private static RpcMethod method(String name) {
        return ServiceContract.of(Parts.class, "", "").methods().stream()
                .map(method -> method.rpc())
                .filter(method -> method.name().equals(name + "()"))
                .findFirst()
                .orElseThrow();
    }

    private Object merged(String method, Object... results) {
        return merged(MergePolicy.DEFAULT, method, results);
    }

    private Object merged(MergePolicy policy, String method, Object... results) {
        StubProviders providers = new StubProviders(results.length);
        CompletableFuture<Response> call = policy.filters(new CallStrategy.Surroundings(
                        method(method), new TextCodec(), "texts", RetryPolicy.NONE, budget, timer))
                .get(0)
                .before(providers)
                .invoke(StubProviders.request(timer))
                .toCompletableFuture();
        // The last answers first: the order is that of the providers and not of the answers.
        for (int i = results.length - 1; i >= 0; i--) {
            assertThat(call).isNotDone();
            if (results[i] instanceof RpcException failure) {
                providers.attempts().get(i).fail(failure);
            } else {
                providers.attempts().get(i).answer().complete(Response.of(results[i]));
            }
        }
        return call.join().value();
    }

    @Test
    void collectionsAreGathered() {
        assertThat(merged("list", List.of("a", "b"), List.of("a"))).isEqualTo(List.of("a", "b", "a"));
        assertThat(merged("list", Arrays.asList("a", null))).isEqualTo(Arrays.asList("a", null));
        assertThat(merged("collection", List.of("a"), List.of("b"))).isEqualTo(List.of("a", "b"));
        assertThat(merged("set", Set.of(1, 2), Set.of(2, 3))).isEqualTo(Set.of(1, 2, 3));
    }

    @Test
    void mapsAreUnitedAndValuesOfOneKeyAreMergedInTurn() {
        assertThat(merged("counts", Map.of("a", 1, "b", 2), Map.of("b", 3), Map.of("b", 4)))
                .isEqualTo(Map.of("a", 1, "b", 9));
        assertThat(merged("lists", Map.of("a", List.of("1")), Map.of("a", List.of("2"))))
                .isEqualTo(Map.of("a", List.of("1", "2")));
        assertThat(merged("texts", Map.of("a", "first"), Map.of("a", "second"))).isEqualTo(Map.of("a", "first"));
    }

    @Test
    void numbersAreSummedExactly() {
        assertThat(merged("number", 1, 2, 3)).isEqualTo(6);
        assertThat(merged("boxed", 1L, null, 3L)).isEqualTo(4L);
        assertThat(merged("small", (short) 1, (short) 2)).isEqualTo((short) 3);
        assertThat(merged("amount", new BigDecimal("0.1"), new BigDecimal("0.2")))
                .isEqualTo(new BigDecimal("0.3"));
        assertThatThrownBy(() -> merged("number", Integer.MAX_VALUE, 1))
                .hasRootCauseInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> merged("small", Short.MAX_VALUE, (short) 1))
                .hasRootCauseInstanceOf(ArithmeticException.class);
    }

    @Test
    void nothingOfAllIsNothing() {
        assertThat(merged("boxed", null, null)).isNull();
    }

    @Test
    void aMergerOfTheUsersOwn() {
        MergePolicy joined = MergePolicy.by((List<String> texts) -> String.join("+", texts));
        assertThat(merged(joined, "text", "a", "b", null, "c")).isEqualTo("a+b+c");
    }

    @Test
    void oneFailureFailsTheCallUnlessItIsTolerated() {
        RpcException lost = RpcException.of(Code.CONNECTION_LOST, "lost");
        assertThatThrownBy(() -> merged("number", 1, lost, 3)).hasMessageContaining("failed at 1 of 3 providers");
        MergePolicy half = new MergePolicy(null, 0.5);
        assertThat(merged(half, "number", 1, lost, 3)).isEqualTo(4);
        assertThatThrownBy(() -> merged(half, "number", lost, lost, 3))
                .hasMessageContaining("failed at 2 of 3 providers");
    }

    @Test
    void aResultThatCannotBeMergedIsRefusedWhenTheProxyIsMade() {
        for (String method : List.of("text", "optional", "nothing")) {
            assertThatThrownBy(() -> merged(method, "a"))
                    .as(method)
                    .isInstanceOfSatisfying(
                            RpcException.class,
                            thrown -> assertThat(thrown.code()).isEqualTo(Code.INVALID_CONFIGURATION))
                    .hasMessageContaining("no merger for");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MergePolicy(null, 1))
                .withMessage("tolerated: 1.0 (expected: 0 to below 1)");
    }
}
