package io.bowline.rpc.spring.properties;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.client.ServiceReference;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.spring.RpcReference;
import io.bowline.rpc.spring.RpcService;
import io.bowline.rpc.spring.autoconfigure.RpcAutoConfiguration;
import io.bowline.rpc.spring.autoconfigure.RpcClientAutoConfiguration;
import io.bowline.rpc.spring.autoconfigure.RpcPropertiesAutoConfiguration;
import io.bowline.rpc.spring.autoconfigure.RpcServerAutoConfiguration;
import io.bowline.rpc.spring.reference.RpcReferences;
import io.bowline.rpc.spring.refresh.RpcRefresh;
import io.bowline.rpc.spring.server.RpcServerLifecycle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

/** Properties in an application: what they set is in force, what is wrong fails the start, and what changes is obeyed. */
class PropertiesInForceTest {
    private static final String METHOD = "buy(long)";

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    RpcAutoConfiguration.class,
                    RpcPropertiesAutoConfiguration.class,
                    RpcClientAutoConfiguration.class,
                    RpcServerAutoConfiguration.class))
            .withUserConfiguration(Shop.class);

    /** Offers quotes, and refers to them. */
    @Configuration(proxyBeanMethods = false)
    static class Shop {
        @RpcService
        static class Offered implements Configured.Quotes {
            @Override
            public String find(long id) {
                return "quote " + id;
            }

            @Override
            public String find(String name) {
                return name;
            }

            @Override
            public List<String> all() {
                return List.of();
            }

            @Override
            public String buy(long id) {
                return "bought " + id;
            }
        }

        record Customer(Configured.Quotes quotes) {}

        @Bean
        Customer customer(@RpcReference("quotes") Configured.Quotes quotes) {
            return new Customer(quotes);
        }
    }

    private static ServiceReference<?> reference(ConfigurableApplicationContext context) {
        return context.getBean(RpcReferences.class).all().values().iterator().next().reference();
    }

    private static String inForce(ConfigurableApplicationContext context, String option) {
        return reference(context).options().get(METHOD).stream()
                .filter(one -> one.name().equals(option))
                .map(one -> one.value() + " by " + one.origin())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatPropertiesSayOfTheServerIsRegistered() {
        application
                .withPropertyValues(
                        "spring.application.name=shop",
                        "rpc.server.host=127.0.0.1",
                        "rpc.server.weight=40",
                        "rpc.server.labels.tag=grey",
                        "rpc.server.advertise=127.0.0.9:7000")
                .run(context -> {
                    RpcServer server = context.getBean(RpcServerLifecycle.class).server();
                    assertThat(server).isNotNull();
                    assertThat(server.address().host()).isEqualTo("127.0.0.1");
                    assertThat(server.registrations()).singleElement().satisfies(registered -> {
                        assertThat(registered.instance().application()).isEqualTo("shop");
                        assertThat(registered.instance().address()).hasToString("127.0.0.9:7000");
                        assertThat(registered.instance().weight()).isEqualTo(40);
                        assertThat(registered.instance().labels()).containsEntry("tag", "grey");
                    });
                });
    }

    @Test
    void aMisspeltPropertyFailsTheStart() {
        application.withPropertyValues("rpc.client.quotes.tiemout=1s").run(context -> assertThat(
                        context.getStartupFailure())
                .rootCause()
                .hasMessageContaining("Unknown property rpc.client.quotes.tiemout (test). Did you mean timeout?"));
    }

    @Test
    void theServicesOfTheSameProcessAreFoundWithoutAnyRegistry() {
        application.run(context ->
                assertThat(context.getBean(Shop.Customer.class).quotes().buy(3)).isEqualTo("bought 3"));
    }

    @Test
    void nothingIsThereWhereItIsSwitchedOff() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        RpcAutoConfiguration.class,
                        RpcPropertiesAutoConfiguration.class,
                        RpcClientAutoConfiguration.class,
                        RpcServerAutoConfiguration.class))
                .withPropertyValues("rpc.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(RpcReferences.class));
    }

    @Test
    void whatChangesWhileItRunsIsObeyedAndTheRestIsRefused() {
        Map<String, Object> values = new HashMap<>(Map.of("rpc.client.quotes.timeout", "300ms"));
        application
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("remote", values)))
                .run(context -> {
                    RpcRefresh refresh = context.getBean(RpcRefresh.class);
                    Configured.Quotes quotes =
                            context.getBean(Shop.Customer.class).quotes();
                    assertThat(inForce(context, "timeout"))
                            .isEqualTo("300 ms by rpc.client.quotes.timeout (remote)");
                    assertThat(refresh.refresh().changed()).isEmpty();

                    values.put("rpc.client.quotes.timeout", "2s");
                    RpcRefresh.Outcome changed = refresh.refresh();
                    assertThat(changed.refused()).isEmpty();
                    assertThat(changed.changed()).hasSize(4).allMatch(line -> line.contains("timeout is 2000 ms"));
                    assertThat(inForce(context, "timeout"))
                            .isEqualTo("2000 ms by rpc.client.quotes.timeout (remote)");
                    assertThat(quotes.buy(1)).isEqualTo("bought 1");

                    values.put("rpc.client.quotes.load-balance", "random");
                    values.put("rpc.server.weight", "7");
                    RpcRefresh.Outcome refused = refresh.refresh();
                    assertThat(refused.changed()).isEmpty();
                    assertThat(refused.refused())
                            .hasSize(2)
                            .anyMatch(line -> line.contains("loadBalancer"))
                            .anyMatch(line -> line.contains("rpc.server cannot change without a restart"));

                    values.remove("rpc.client.quotes.load-balance");
                    values.remove("rpc.server.weight");
                    values.put("rpc.client.quotes.timeuot", "1s");
                    assertThat(refresh.refresh().refused())
                            .singleElement()
                            .satisfies(line -> assertThat(line).contains("Did you mean timeout?"));
                    assertThat(inForce(context, "timeout"))
                            .isEqualTo("2000 ms by rpc.client.quotes.timeout (remote)");
                });
    }
}
