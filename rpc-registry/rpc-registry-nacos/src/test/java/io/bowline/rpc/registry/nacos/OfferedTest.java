package io.bowline.rpc.registry.nacos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.Registration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What Nacos can hold beside what; no server answers here, and none has to. */
class OfferedTest {
    private static final ServiceName FIRST = ServiceName.of("demo.Orders").withVersion("1");
    private static final ServiceName SECOND = ServiceName.of("demo.Orders").withVersion("2");

    @Test
    void refusesVersionsOfOneInterfaceAsInstancesOfTheirOwnAtOneAddress() {
        try (NacosRegistry registry = NacosRegistry.connect("nacos://127.0.0.1:1")) {
            Registration first = registry.register(instance("a", 9_000, FIRST));

            assertThatThrownBy(() -> registry.register(instance("b", 9_000, SECOND)))
                    .isInstanceOfSatisfying(
                            RpcException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID_CONFIGURATION))
                    .hasMessageContaining("demo.Orders")
                    .hasMessageContaining("127.0.0.1:9000")
                    .hasMessageContaining("one instance for an address and interface");

            registry.register(instance("c", 9_001, SECOND)).close();
            first.close();
            registry.register(instance("d", 9_000, SECOND)).close();
        }
    }

    @Test
    void takesInstancesOfOtherInterfacesAndSuccessorsAtOneAddress() {
        try (NacosRegistry registry = NacosRegistry.connect("nacos://127.0.0.1:1")) {
            Registration first = registry.register(instance("a", 9_000, FIRST, SECOND));
            Registration other = registry.register(instance("b", 9_000, ServiceName.of("demo.Prices")));
            Registration successor = registry.register(instance("c", 9_000, FIRST, SECOND));

            assertThat(List.of(first, other, successor)).noneMatch(Registration::established);
        }
    }

    private static Instance instance(String id, int port, ServiceName... services) {
        return new Instance(
                id, "orders", new Address("127.0.0.1", port), List.of(services), Set.of(), 100, Map.of("of", id));
    }
}
