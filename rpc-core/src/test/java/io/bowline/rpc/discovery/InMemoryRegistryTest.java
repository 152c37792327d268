package io.bowline.rpc.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InMemoryRegistryTest {
    private final Instance instance =
            new Instance("a", "", new Address("h", 1), List.of(ServiceName.of("demo.Orders")), Set.of(), 100, Map.of());

    @Test
    void handlesOfOneNameShareADirectoryAndNotTheirLives() {
        Registry one = InMemoryRegistry.named("shared");
        Registry two = InMemoryRegistry.named("shared");
        one.register(instance);
        two.close();

        assertThat(names(InMemoryRegistry.named("shared"))).containsExactly("demo.Orders");
        assertThat(names(InMemoryRegistry.named("another"))).isEmpty();

        one.close();
        assertThat(names(InMemoryRegistry.named("shared"))).isEmpty();
    }

    @Test
    void aClosedHandleRefuses() {
        Registry registry = InMemoryRegistry.create();
        registry.close();

        assertThatThrownBy(() -> registry.register(instance))
                .isInstanceOfSatisfying(
                        RpcException.class, closed -> assertThat(closed.code()).isEqualTo(Code.CLOSED));
        assertThat(names(registry)).isEmpty();
    }

    private static List<String> names(Registry registry) {
        return registry.services().toCompletableFuture().join();
    }
}
