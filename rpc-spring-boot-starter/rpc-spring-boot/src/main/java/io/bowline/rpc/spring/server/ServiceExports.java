package io.bowline.rpc.spring.server;

import io.bowline.rpc.server.RpcServerBuilder;
import io.bowline.rpc.spring.RpcService;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** What {@link RpcService} says, as options of a service. */
final class ServiceExports {
    private final ConfigurableListableBeanFactory beans;

    ServiceExports(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    void add(RpcServerBuilder builder, ServiceBean service) {
        add(builder, service, service.contract());
    }

    private <T> void add(RpcServerBuilder builder, ServiceBean service, Class<T> contract) {
        RpcService said = service.annotation();
        builder.service(contract, contract.cast(service.bean()), text(said.version()), text(said.group()));
    }

    private String text(String raw) {
        String resolved = beans.resolveEmbeddedValue(raw);
        return resolved == null ? "" : resolved;
    }
}
