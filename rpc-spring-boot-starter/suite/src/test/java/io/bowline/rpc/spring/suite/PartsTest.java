package io.bowline.rpc.spring.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.Address;
import io.bowline.rpc.Filter;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.discovery.InMemoryRegistry;
import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.spring.RpcClientCustomizer;
import io.bowline.rpc.spring.RpcFilter;
import io.bowline.rpc.spring.RpcReference;
import io.bowline.rpc.spring.RpcReferenceCustomizer;
import io.bowline.rpc.spring.RpcRegistryConnectionDetails;
import io.bowline.rpc.spring.RpcServerCustomizer;
import io.bowline.rpc.spring.RpcService;
import io.bowline.rpc.spring.reference.RpcReferences;
import io.bowline.rpc.spring.registry.RpcRegistries;
import io.bowline.rpc.spring.server.RpcServerLifecycle;
import io.bowline.rpc.transport.LocalTransport;
import io.bowline.rpc.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Which beans take part, and how. */
class PartsTest {
    @RpcService
    static class Polite implements Greeter {
        @Override
        public String hello(String name) {
            return "hello " + name;
        }
    }

    @Component
    static class Desk {
        @RpcReference
        private Greeter greeter;
    }

    /** What filters saw, in order. */
    static class Seen {
        private final List<String> places = new CopyOnWriteArrayList<>();

        Filter at(String place) {
            return (request, next) -> {
                places.add(place);
                return next.invoke(request);
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Filters {
        @Bean
        Seen seen() {
            return new Seen();
        }

        @Bean
        @Order(2)
        @RpcFilter(side = RpcFilter.Side.CLIENT)
        Filter innerClient(Seen seen) {
            return seen.at("inner client");
        }

        @Bean
        @Order(1)
        @RpcFilter(side = RpcFilter.Side.CLIENT)
        Filter outerClient(Seen seen) {
            return seen.at("outer client");
        }

        @Bean
        @Order(3)
        @RpcFilter(side = RpcFilter.Side.SERVER)
        Filter server(Seen seen) {
            return seen.at("server");
        }

        @Bean
        @Order(0)
        Filter both(Seen seen) {
            return seen.at("both");
        }
    }

    @Test
    void filtersStandInOrderOnTheirSides() {
        Started.of(Polite.class, Desk.class, Filters.class).run(context -> {
            context.getBean(Desk.class).greeter.hello("x");
            assertThat(context.getBean(Seen.class).places)
                    .containsExactly("both", "outer client", "inner client", "both", "server");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Balancing {
        private static final AtomicInteger ASKED = new AtomicInteger();

        @Bean("round-robin")
        LoadBalancer own() {
            return nodes -> {
                ASKED.incrementAndGet();
                return request -> nodes.get(0);
            };
        }
    }

    @Component
    static class Balanced {
        @RpcReference(loadBalance = "round-robin")
        private Greeter greeter;
    }

    @Test
    void aBeanOfANameStandsInFrontOfWhatIsBuiltIn() {
        Started.of(Polite.class, Balanced.class, Balancing.class).run(context -> {
            context.getBean(Balanced.class).greeter.hello("x");
            assertThat(Balancing.ASKED).hasPositiveValue();
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Own {
        @Bean
        Transport own() {
            return new LocalTransport();
        }

        @Bean
        Registry registry() {
            return InMemoryRegistry.create();
        }

        @Bean
        RpcServerCustomizer within() {
            return builder -> builder.listen(new Address("parts", 0))
                    .advertise(new Address("parts", 0));
        }
    }

    @Test
    void ownTransportsAndRegistriesTakeThePlaceOfOurs() {
        Started.of(Polite.class, Desk.class, Own.class).run(context -> {
            assertThat(context).hasSingleBean(Transport.class);
            assertThat(context.getBean(RpcRegistries.class).all()).containsExactly(context.getBean(Registry.class));
            assertThat(context.getBean(RpcServerLifecycle.class).server().address())
                    .hasToString("parts:1");
            assertThat(context.getBean(Desk.class).greeter.hello("x")).isEqualTo("hello x");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Details {
        @Bean
        RpcRegistryConnectionDetails details() {
            return () -> List.of("memory://parts", "memory://others");
        }
    }

    @Test
    void connectionDetailsSayWhereRegistriesAre() {
        Started.of(Details.class)
                .withPropertyValues("rpc.registry=zookeeper://nobody.invalid")
                .run(context -> assertThat(context.getBean(RpcRegistries.class).all())
                        .extracting(registry -> registry.status().description())
                        .containsExactly("memory://parts", "memory://others"));
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizers {
        @Bean
        RpcClientCustomizer client() {
            return builder -> builder.timeout(Duration.ofMillis(1234));
        }

        @Bean
        RpcReferenceCustomizer reference() {
            return (contract, options) -> options.fallback((String name) -> "nobody greets " + name);
        }
    }

    @Test
    void customizersHaveTheLastWord() {
        Started.of(Desk.class, Customizers.class)
                .withPropertyValues("rpc.client.defaults.timeout=5s")
                .run(context -> {
                    assertThat(context.getBean(Desk.class).greeter.hello("x")).isEqualTo("nobody greets x");
                    assertThat(context.getBean(RpcReferences.class).all()).hasSize(1);
                });
    }

    static class OwnClient {
        @Bean
        RpcClient own() {
            return RpcClient.builder().registry(InMemoryRegistry.create()).build();
        }
    }

    @Test
    void anOwnClientTakesThePlaceOfOurs() {
        Started.of(Desk.class, OwnClient.class).run(context -> {
            assertThat(context).hasSingleBean(RpcClient.class);
            assertThat(context.getBean(RpcClient.class).references()).hasSize(1);
        });
    }

    @Test
    void isNotThereWhereItIsSwitchedOff() {
        Started.of(Polite.class).withPropertyValues("rpc.enabled=false").run(context -> assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(RpcReferences.class)
                .doesNotHaveBean(RpcServerLifecycle.class));
    }
}
