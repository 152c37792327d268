package io.bowline.rpc.spring.autoconfigure;

import io.bowline.rpc.spring.actuate.RecentFailures;
import io.bowline.rpc.spring.actuate.RpcEndpoint;
import io.bowline.rpc.spring.actuate.RpcState;
import io.bowline.rpc.spring.refresh.RpcRefresh;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The endpoint {@code rpc} of the actuator. */
@AutoConfiguration(after = RpcStateAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(RpcState.class)
@ConditionalOnAvailableEndpoint(RpcEndpoint.class)
public final class RpcEndpointAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    RpcEndpoint rpcEndpoint(RpcState state, RecentFailures failures, RpcRefresh refresh) {
        return new RpcEndpoint(state, failures, refresh);
    }
}
