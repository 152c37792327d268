package io.bowline.rpc.spring.autoconfigure;

import io.bowline.rpc.CallListener;
import io.bowline.rpc.Filter;
import io.bowline.rpc.observe.AccessLog;
import io.bowline.rpc.observe.FlightEvents;
import io.bowline.rpc.observe.SlowCallLog;
import io.bowline.rpc.spring.RpcFilter;
import io.bowline.rpc.spring.properties.RpcProperties;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Calls in logs and in the flight recorder. Nothing of it is made before a client or a server is. */
@Lazy
@AutoConfiguration(after = RpcPropertiesAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "rpc.enabled", matchIfMissing = true)
public final class RpcLogAutoConfiguration {
    private static final int AFTER_TRACES = Ordered.HIGHEST_PRECEDENCE + 2;

    @Bean
    @Order(AFTER_TRACES)
    @RpcFilter(side = RpcFilter.Side.SERVER)
    @ConditionalOnBooleanProperty("rpc.observe.access-log.enabled")
    AccessLog rpcAccessLog(RpcProperties properties) {
        return AccessLog.server(properties.observe().accessLog().policy());
    }

    /** Slow calls, on both sides; the client's hears how they went, too. */
    @Lazy
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("rpc.observe.slow-calls.threshold")
    static class SlowCalls {
        @Bean
        @Order(AFTER_TRACES)
        @RpcFilter(side = RpcFilter.Side.CLIENT)
        SlowCallLog rpcClientSlowCalls(RpcProperties properties) {
            return SlowCallLog.client(properties.observe().slowCalls().policy());
        }

        @Bean
        @Order(AFTER_TRACES)
        @RpcFilter(side = RpcFilter.Side.SERVER)
        Filter rpcServerSlowCalls(RpcProperties properties) {
            return SlowCallLog.server(properties.observe().slowCalls().policy());
        }
    }

    /** Events of the flight recorder. */
    @Lazy
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(name = "rpc.observe.jfr", matchIfMissing = true)
    static class FlightRecorder {
        @Bean
        @Order(AFTER_TRACES)
        @RpcFilter(side = RpcFilter.Side.CLIENT)
        Filter rpcClientFlightEvents() {
            return FlightEvents.client();
        }

        @Bean
        CallListener rpcAttemptFlightEvents() {
            return FlightEvents.attempts();
        }

        @Bean
        @Order(AFTER_TRACES)
        @RpcFilter(side = RpcFilter.Side.SERVER)
        Filter rpcServerFlightEvents() {
            return FlightEvents.server();
        }
    }
}
