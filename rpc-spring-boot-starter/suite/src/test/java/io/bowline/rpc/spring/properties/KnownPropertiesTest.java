package io.bowline.rpc.spring.properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.RpcException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A property that there is not fails the start, with where it is set and the nearest that there is. */
class KnownPropertiesTest {
    @ParameterizedTest
    @CsvSource({
        "rpc.client.greeter.time-out, timeout",
        "rpc.client.defaults.tiemout, timeout",
        "rpc.client.greeter.methods.hello.idempotnt, idempotent",
        "rpc.client.greeter.retry.max-attempt, max-attempts",
        "rpc.client.greeter.outliers.rates.min-call, min-calls",
        "rpc.regstry, registry",
        "rpc.server.prot, port",
        "rpc.servers.port, server",
        "rpc.observe.slow-calls.treshold, threshold"
    })
    void aMisspeltOneFailsAndTheNearestIsNamed(String property, String nearest) {
        assertThatThrownBy(() -> KnownProperties.check(Configured.environment("x: 1\n" + property + ": 2")))
                .isInstanceOf(RpcException.class)
                .hasMessageContaining(
                        "Unknown property " + property + " (application.yml:2). Did you mean " + nearest + "?");
    }

    @Test
    void whereNothingIsNearTheKnownOnesAreNamed() {
        assertThatThrownBy(() -> KnownProperties.check(Configured.environment("rpc.server.xxxxxxxxxxxx: 1")))
                .hasMessageContaining("known: advertise, bulkhead, compress-above, concurrency-limit");
    }

    @Test
    void allThatAreUnknownAreToldAtOnce() {
        assertThatThrownBy(() ->
                        KnownProperties.check(Configured.environment("rpc:\n  regstry: a\n  server:\n    prot: 1")))
                .hasMessageContaining("rpc.regstry (application.yml:2)")
                .hasMessageContaining("rpc.server.prot (application.yml:4)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rpc.client.orderService.timeout",
                "rpc.client.order-service.loadBalance",
                "rpc.registry[0]",
                "rpc.server.labels.anything",
                "rpc.server.labels.any.thing",
                "rpc.routing.labels.zone",
                "rpc.client.greeter.methods.sayHello.cache.ttl",
                "rpc.client.greeter.addresses[1]",
                "rpc",
                "rpcs.any"
            })
    void whatThereIsPasses(String property) {
        assertThatCode(() -> KnownProperties.check(Configured.environment(property + ": 2")))
                .doesNotThrowAnyException();
    }

    @Test
    void variablesOfTheProcessAreNobodysTypingMistakes() {
        ConfigurableEnvironment environment = Configured.environment("x: 1");
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("systemEnvironment", Map.of("RPC_HOME", "/opt/rpc")));
        assertThatCode(() -> KnownProperties.check(environment)).doesNotThrowAnyException();
    }

    @Test
    void namesListsEveryValue() {
        assertThat(KnownProperties.names())
                .contains(
                        "rpc.registry",
                        "rpc.server.port",
                        "rpc.server.labels.*",
                        "rpc.client.defaults.retry.max-attempts",
                        "rpc.client.*.interface",
                        "rpc.client.*.methods.*.cache.ttl")
                .doesNotHaveDuplicates();
    }
}
