package io.bowline.rpc.spring.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.CallContext;
import io.bowline.rpc.Filter;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.spring.RpcFilter;
import io.bowline.rpc.spring.RpcReference;
import io.bowline.rpc.spring.RpcService;
import io.bowline.rpc.spring.registry.RpcRegistries;
import io.bowline.rpc.spring.server.RpcServerLifecycle;
import io.bowline.rpc.spring.test.AutoConfigureTestRpcTransport;
import io.bowline.rpc.transport.LocalTransport;
import io.bowline.rpc.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** An application is tested without a port and a registry. */
@SpringBootTest(
        classes = TestTransportTest.Application.class,
        properties = {"rpc.registry=zookeeper://nobody.invalid:2181", "rpc.server.port=1"})
@AutoConfigureTestRpcTransport
class TestTransportTest {
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Copying.class)
    static class Application {
        @Bean
        @RpcFilter(side = RpcFilter.Side.SERVER)
        Filter listening(Heard heard) {
            return (request, next) -> {
                heard.peers.add(CallContext.current().toString());
                return next.invoke(request);
            };
        }

        @Bean
        Heard heard() {
            return new Heard();
        }
    }

    static class Heard {
        private final List<String> peers = new ArrayList<>();
    }

    interface Copier {
        List<String> copy(List<String> names);
    }

    @RpcService
    static class Copying implements Copier {
        static List<String> received = List.of();

        @Override
        public List<String> copy(List<String> names) {
            received = names;
            if (names.isEmpty()) {
                throw new IllegalStateException("nothing to copy");
            }
            return names;
        }
    }

    @RpcReference
    private Copier copier;

    @RpcReference(addresses = "nobody.invalid:9000")
    private Copier elsewhere;

    @Autowired
    private Transport transport;

    @Autowired
    private RpcRegistries registries;

    @Autowired
    private RpcServerLifecycle lifecycle;

    @Autowired
    private Heard heard;

    @Test
    void staysWithinTheProcess() {
        assertThat(transport).isInstanceOf(LocalTransport.class);
        assertThat(registries.inProcess()).isTrue();
        assertThat(lifecycle.isRunning()).isTrue();
    }

    @Test
    void writesArgumentsToBytesAndReadsThemBack() {
        List<String> names = new ArrayList<>(List.of("a", "b"));
        assertThat(copier.copy(names)).isEqualTo(names).isNotSameAs(names);
        assertThat(Copying.received).isEqualTo(names).isNotSameAs(names);
    }

    @Test
    void findsTheServicesOfTheTestWhateverAddressesReferencesHave() {
        assertThat(elsewhere.copy(List.of("a"))).containsExactly("a");
    }

    @Test
    void keepsTheFilters() {
        int before = heard.peers.size();
        copier.copy(List.of("a"));
        assertThat(heard.peers).hasSize(before + 1);
    }

    @Test
    void failsAsBetweenMachines(@Autowired RpcClient client) {
        assertThatThrownBy(() -> copier.copy(List.of())).hasMessageContaining("nothing to copy");
        assertThat(client.references()).hasSize(2);
    }
}
