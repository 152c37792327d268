package io.bowline.rpc.spring.names;

import io.bowline.rpc.Code;
import io.bowline.rpc.Plugins;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.Suggestions;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.filter.CallStrategy;
import io.bowline.rpc.wire.Serializer;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * What a name in a property or an annotation stands for: the bean of that name and of the type that is wanted, else what
 * the framework knows by that name. An unknown name fails with {@code INVALID_CONFIGURATION} and the known ones.
 */
public final class RpcNames {
    private final ListableBeanFactory beans;

    public RpcNames(ListableBeanFactory beans) {
        this.beans = beans;
    }

    /** A balancer: {@code round-robin}, {@code consistent-hash:0.userId}, or a bean's name. */
    public LoadBalancer loadBalancer(String name) {
        return of(LoadBalancer.class, name, LoadBalancer::named);
    }

    /** A strategy: {@code failfast}, or a bean's name. */
    public CallStrategy strategy(String name) {
        return of(CallStrategy.class, name, CallStrategy::named);
    }

    /** A serializer: {@code protostuff}, or a bean's name. */
    public Serializer serializer(String name) {
        return of(
                Serializer.class,
                name,
                known -> Plugins.load(Serializer.class, Serializer::name).named(known));
    }

    /** An executor, which is always a bean. */
    public Executor executor(String name) {
        return of(Executor.class, name, unknown -> {
            List<String> known = List.of(beans.getBeanNamesForType(Executor.class));
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "no bean of type Executor is named '" + name + "'; " + Suggestions.of(name, known));
        });
    }

    /** A bean, of whatever type. */
    public Object bean(String name) {
        if (!beans.containsBean(name)) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "no bean is named '" + name + "'; "
                            + Suggestions.of(name, List.of(beans.getBeanDefinitionNames())));
        }
        return beans.getBean(name);
    }

    private <T> T of(Class<T> kind, String name, Function<String, T> builtIn) {
        return beans.containsBean(name) && beans.isTypeMatch(name, kind)
                ? beans.getBean(name, kind)
                : builtIn.apply(name);
    }
}
