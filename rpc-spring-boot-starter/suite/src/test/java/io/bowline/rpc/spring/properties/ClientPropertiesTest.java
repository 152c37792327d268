package io.bowline.rpc.spring.properties;

import static io.bowline.rpc.spring.properties.Configured.inForce;
import static io.bowline.rpc.spring.properties.Configured.option;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.RpcException;
import io.bowline.rpc.filter.CallStrategy;
import io.bowline.rpc.filter.HedgePolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/** What stands under {@code rpc.client}: the inner before the outer, each with its file and line. */
class ClientPropertiesTest {
    @Test
    void theInnermostIsObeyedAndNamedByFileAndLine() {
        String yaml =
                """
                rpc:
                  client:
                    defaults:
                      timeout: 5s
                      strategy: failfast
                    quotes:
                      timeout: 300ms
                      methods:
                        all:
                          timeout: 2s
                        "[find(long)]":
                          timeout: 7s
                """;
        assertThat(inForce(yaml, "buy(long)"))
                .contains(
                        option("timeout", "300 ms", "rpc.client.quotes.timeout (application.yml:7)"),
                        option("strategy", "failfast", "rpc.client.defaults.strategy (application.yml:5)"),
                        option("cache", "off", "default"));
        assertThat(inForce(yaml, "all()"))
                .contains(option("timeout", "2000 ms", "rpc.client.quotes.methods.all.timeout (application.yml:10)"));
        assertThat(inForce(yaml, "find(long)"))
                .contains(option(
                        "timeout", "7000 ms", "rpc.client.quotes.methods[find(long)].timeout (application.yml:12)"));
        assertThat(inForce(yaml, "find(java.lang.String)"))
                .contains(option("timeout", "300 ms", "rpc.client.quotes.timeout (application.yml:7)"));
    }

    @Test
    void partsOfAPolicyAreCompletedFromOutside() {
        String yaml =
                """
                rpc:
                  client:
                    defaults:
                      retry:
                        max-attempts: 5
                      hedge:
                        shortest: 2ms
                    quotes:
                      methods:
                        all:
                          retry:
                            backoff: 0s
                        find:
                          strategy: hedging
                """;
        assertThat(inForce(yaml, "all()"))
                .contains(option(
                        "retry",
                        "at most 5 attempts",
                        "rpc.client.quotes.methods.all.retry (application.yml:12)"));
        assertThat(inForce(yaml, "buy(long)"))
                .contains(option("retry", "at most 5 attempts", "rpc.client.defaults.retry (application.yml:5)"))
                .contains(option("strategy", "failover", "default"));
        assertThat(inForce(yaml, "find(long)"))
                .contains(option(
                        "strategy", "hedging", "rpc.client.quotes.methods.find.strategy (application.yml:14)"));
    }

    @Test
    void everyOptionOfAMethodCanBeSet() {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("kept", new Configured.Quotes() {
            @Override
            public String find(long id) {
                return "";
            }

            @Override
            public String find(String name) {
                return "";
            }

            @Override
            public java.util.List<String> all() {
                return java.util.List.of();
            }

            @Override
            public String buy(long id) {
                return "";
            }
        });
        String yaml =
                """
                rpc.client.quotes.methods.buy:
                  idempotent: true
                  fallback: kept
                  fallback-for: overloaded, no-provider
                  circuit-breaker.open: 1s
                  concurrency-limit.max: 7
                  rate-limit.per-second: 50
                  cache.ttl: 10s
                  coalesce.labels: tenant
                """;
        assertThat(inForce(yaml, "buy(long)", beans))
                .filteredOn(option -> option.origin().startsWith("rpc.client.quotes.methods.buy."))
                .extracting("name")
                .containsExactlyInAnyOrder(
                        "idempotent",
                        "fallback",
                        "fallbackPolicy",
                        "circuitBreaker",
                        "concurrencyLimit",
                        "rateLimit",
                        "cache",
                        "coalesce");
    }

    @Test
    void aBeanStandsBeforeWhatIsBuiltIn() {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        CallStrategy own = HedgePolicy.after(Duration.ofMillis(5));
        beans.registerSingleton("failfast", own);
        assertThat(inForce("rpc.client.quotes.methods.find.strategy: failfast", "find(long)", beans))
                .contains(option(
                        "strategy", "hedging", "rpc.client.quotes.methods.find.strategy (application.yml:1)"));
    }

    @Test
    void whatIsWrongIsToldWithItsPropertyAndPlace() {
        assertThatThrownBy(() -> inForce("rpc.client.quotes.retry.max-attempts: 0", "all()"))
                .isInstanceOf(RpcException.class)
                .hasMessageContaining("rpc.client.quotes.retry (application.yml:1): maxAttempts: 0 (expected: 1 to 100)");
        assertThatThrownBy(() -> inForce("rpc.client.quotes.load-balance: raund-robin", "all()"))
                .hasMessageContaining("Did you mean round-robin?");
        assertThatThrownBy(() -> inForce("rpc.client.quotes.fallback: nowhere", "all()"))
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> inForce("rpc.client.quotes.methods.al.timeout: 1s", "all()"))
                .hasMessageContaining("Did you mean all?");
        assertThatThrownBy(() -> inForce("rpc.client.quotes.interface: java.lang.Runnable", "all()"))
                .hasMessageContaining("rpc.client.quotes.interface (application.yml:1) is java.lang.Runnable");
    }
}
