package io.bowline.rpc.spring.autoconfigure;

import io.bowline.rpc.CallListener;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.spring.RpcClientCustomizer;
import io.bowline.rpc.spring.actuate.RecentFailures;
import io.bowline.rpc.spring.actuate.RpcHealth;
import io.bowline.rpc.spring.actuate.RpcState;
import io.bowline.rpc.spring.properties.RpcProperties;
import io.bowline.rpc.spring.reference.RpcReferences;
import io.bowline.rpc.spring.registry.RpcRegistries;
import io.bowline.rpc.spring.server.RpcServerLifecycle;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** How the application stands, for endpoints and health of either line, and who hears of calls. */
@Lazy
@AutoConfiguration(after = {RpcClientAutoConfiguration.class, RpcServerAutoConfiguration.class})
@ConditionalOnBooleanProperty(name = "rpc.enabled", matchIfMissing = true)
public final class RpcStateAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    RpcState rpcState(
            ObjectProvider<RpcServerLifecycle> server,
            ObjectProvider<RpcReferences> references,
            ObjectProvider<RpcRegistries> registries,
            ObjectProvider<RpcClient> client) {
        // A client that nobody has needed so far is not made in order to be looked at.
        return new RpcState(server::getIfAvailable, references::getIfAvailable, registries::getIfAvailable, () -> {
            RpcReferences made = references.getIfAvailable();
            return made == null || made.all().isEmpty() ? null : client.getIfAvailable();
        });
    }

    @Bean
    @ConditionalOnMissingBean
    RpcHealth rpcHealth(RpcState state, RpcProperties properties) {
        return new RpcHealth(state, properties.health().requiredReferences());
    }

    @Bean
    @ConditionalOnMissingBean
    RecentFailures rpcRecentFailures() {
        return new RecentFailures();
    }

    @Bean
    RpcClientCustomizer rpcCallListeners(ObjectProvider<CallListener> listeners) {
        return builder ->
                builder.listener(CallListener.all(listeners.orderedStream().toList()));
    }
}
