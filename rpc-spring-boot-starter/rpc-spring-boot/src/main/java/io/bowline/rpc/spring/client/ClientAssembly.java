package io.bowline.rpc.spring.client;

import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.client.RpcClientBuilder;
import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.spring.RpcClientCustomizer;
import io.bowline.rpc.spring.RpcFilter;
import io.bowline.rpc.spring.names.SidedFilters;
import io.bowline.rpc.transport.Transport;
import io.bowline.rpc.wire.Serializer;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;

/** Puts the application's beans and customizers together to a client. */
public final class ClientAssembly {
    private final ListableBeanFactory beans;

    public ClientAssembly(ListableBeanFactory beans) {
        this.beans = beans;
    }

    /** A client of these registries, which stay whose they are. */
    public RpcClient over(List<Registry> registries) {
        RpcClientBuilder builder = RpcClient.builder();
        registries.forEach(builder::registry);
        beans.getBeanProvider(Transport.class).ifAvailable(builder::transport);
        beans.getBeanProvider(Serializer.class).ifUnique(builder::serializer);
        new SidedFilters(beans).of(RpcFilter.Side.CLIENT).forEach(builder::filter);
        beans.getBeanProvider(RpcClientCustomizer.class)
                .orderedStream()
                .forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }
}
