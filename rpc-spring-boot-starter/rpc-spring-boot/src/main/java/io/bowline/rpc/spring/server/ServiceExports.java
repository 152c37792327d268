package io.bowline.rpc.spring.server;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.filter.ConcurrencyLimitPolicy;
import io.bowline.rpc.server.RpcServerBuilder;
import io.bowline.rpc.server.ServiceMethodOptions;
import io.bowline.rpc.server.ServiceOptions;
import io.bowline.rpc.spring.RpcService;
import io.bowline.rpc.spring.RpcServiceMethod;
import io.bowline.rpc.spring.names.RpcNames;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** What {@link RpcService} says, as options of a service; what it does not say is left to the server. */
final class ServiceExports {
    private final ConfigurableListableBeanFactory beans;
    private final RpcNames names;

    ServiceExports(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
        this.names = new RpcNames(beans);
    }

    void add(RpcServerBuilder builder, ServiceBean service) {
        add(builder, service, service.contract());
    }

    private <T> void add(RpcServerBuilder builder, ServiceBean service, Class<T> contract) {
        if (!contract.isInstance(service.bean())) {
            throw new NotAnImplementationException(service);
        }
        try {
            builder.service(contract, contract.cast(service.bean()), options -> apply(service, options));
        } catch (IllegalArgumentException malformed) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "@RpcService bean '" + service.name() + "': " + malformed.getMessage(),
                    malformed);
        }
    }

    private ServiceOptions apply(ServiceBean service, ServiceOptions options) {
        RpcService said = service.annotation();
        options.implementation(service.implementation())
                .version(text(said.version()))
                .group(text(said.group()));
        if (said.weight() >= 0) {
            options.weight(said.weight());
        }
        for (String label : said.labels()) {
            label(text(label), options);
        }
        if (!said.executor().isEmpty()) {
            options.executor(names.executor(text(said.executor())));
        }
        for (RpcServiceMethod method : said.methods()) {
            options.method(method.name(), own -> apply(method, own));
        }
        return options;
    }

    private static void label(String text, ServiceOptions options) {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw new IllegalArgumentException("@RpcService labels: '" + text + "' (expected: name=value)");
        }
        options.label(
                text.substring(0, equals).strip(), text.substring(equals + 1).strip());
    }

    private ServiceMethodOptions apply(RpcServiceMethod said, ServiceMethodOptions options) {
        if (!said.executor().isEmpty()) {
            options.executor(names.executor(text(said.executor())));
        }
        if (said.nonBlocking().isSet()) {
            options.nonBlocking(said.nonBlocking().isTrue());
        }
        if (said.maxConcurrent() >= 0) {
            options.concurrencyLimit(ConcurrencyLimitPolicy.fixed(said.maxConcurrent()));
        }
        if (!said.rate().isEmpty()) {
            options.rateLimit(Rate.parse(text(said.rate())));
        }
        return options;
    }

    private String text(String raw) {
        String resolved = beans.resolveEmbeddedValue(raw);
        return resolved == null ? "" : resolved;
    }
}
