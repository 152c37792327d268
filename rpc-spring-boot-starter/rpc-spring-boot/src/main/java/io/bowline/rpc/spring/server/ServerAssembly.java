package io.bowline.rpc.spring.server;

import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.server.RpcServerBuilder;
import io.bowline.rpc.spring.RpcFilter;
import io.bowline.rpc.spring.RpcServerCustomizer;
import io.bowline.rpc.spring.names.SidedFilters;
import io.bowline.rpc.transport.Transport;
import io.bowline.rpc.wire.Serializer;
import java.util.List;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Puts the application's services, beans and customizers together to a server. */
public final class ServerAssembly {
    private final ConfigurableListableBeanFactory beans;

    public ServerAssembly(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /** A server of these services, not started, that registers in these registries. */
    RpcServerBuilder of(List<ServiceBean> services, List<Registry> registries) {
        RpcServerBuilder builder = RpcServer.builder();
        beans.getBeanProvider(Transport.class).ifAvailable(builder::transport);
        beans.getBeanProvider(Serializer.class).orderedStream().forEach(builder::serializer);
        registries.forEach(builder::registry);
        new SidedFilters(beans).of(RpcFilter.Side.SERVER).forEach(builder::filter);
        ServiceExports exports = new ServiceExports(beans);
        services.forEach(service -> exports.add(builder, service));
        beans.getBeanProvider(RpcServerCustomizer.class)
                .orderedStream()
                .forEach(customizer -> customizer.customize(builder));
        return builder;
    }
}
