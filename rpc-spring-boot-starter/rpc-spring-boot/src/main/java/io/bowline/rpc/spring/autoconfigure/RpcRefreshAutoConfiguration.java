package io.bowline.rpc.spring.autoconfigure;

import io.bowline.rpc.spring.refresh.EnvironmentChanges;
import io.bowline.rpc.spring.refresh.RpcRefresh;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Properties that Spring Cloud tells to have changed are obeyed. */
@AutoConfiguration(after = RpcPropertiesAutoConfiguration.class)
@ConditionalOnClass(name = EnvironmentChanges.EVENT)
@ConditionalOnBean(RpcRefresh.class)
public final class RpcRefreshAutoConfiguration {
    @Bean
    EnvironmentChanges rpcEnvironmentChanges(RpcRefresh refresh) {
        return new EnvironmentChanges(refresh);
    }
}
