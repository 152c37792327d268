package io.bowline.examples.chain;

import io.bowline.rpc.Filter;
import io.bowline.rpc.micrometer.ObservationFilter;
import io.bowline.rpc.spring.RpcFilter;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Observes calls on both sides; a tracer makes spans of what is observed. */
@Configuration(proxyBeanMethods = false)
public class Tracing {
    @Bean
    @RpcFilter(side = RpcFilter.Side.CLIENT)
    Filter observedCalls(ObservationRegistry registry) {
        return ObservationFilter.client(registry);
    }

    @Bean
    @RpcFilter(side = RpcFilter.Side.SERVER)
    Filter observedService(ObservationRegistry registry) {
        return ObservationFilter.server(registry);
    }
}
