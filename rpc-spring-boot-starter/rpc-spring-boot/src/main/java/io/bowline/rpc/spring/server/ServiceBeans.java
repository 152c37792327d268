package io.bowline.rpc.spring.server;

import io.bowline.rpc.spring.RpcService;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Finds the beans that are services. */
public final class ServiceBeans {
    private final ConfigurableListableBeanFactory beans;

    public ServiceBeans(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /** The names of the beans that are services, in the order of their definitions. Makes no bean. */
    public List<String> names() {
        return Arrays.stream(beans.getBeanNamesForAnnotation(RpcService.class))
                .filter(name -> !ScopedProxyUtils.isScopedTarget(name))
                .toList();
    }

    /**
     * The services, once all beans are there.
     *
     * @throws AmbiguousContractException where a service's contract is neither named nor plain
     */
    public List<ServiceBean> find() {
        List<ServiceBean> found = new ArrayList<>();
        for (String name : names()) {
            RpcService annotation = annotation(name);
            if (annotation != null) {
                found.add(service(name, annotation));
            }
        }
        return found;
    }

    /** The contracts of the services as far as the definitions tell. Makes no bean. */
    public Set<Class<?>> contracts() {
        Set<Class<?>> contracts = new LinkedHashSet<>();
        for (String name : names()) {
            RpcService annotation = annotation(name);
            Class<?> type = beans.getType(name, false);
            if (annotation != null && annotation.interfaceClass() != void.class) {
                contracts.add(annotation.interfaceClass());
            } else if (type != null) {
                contracts.addAll(ContractOf.candidates(type));
            }
        }
        return contracts;
    }

    /** What the method says that makes the bean, else what its class says. */
    private @Nullable RpcService annotation(String name) {
        Method maker = beans.containsBeanDefinition(name)
                        && beans.getMergedBeanDefinition(name) instanceof RootBeanDefinition definition
                ? definition.getResolvedFactoryMethod()
                : null;
        RpcService said = maker == null ? null : AnnotatedElementUtils.findMergedAnnotation(maker, RpcService.class);
        return said == null ? beans.findAnnotationOnBean(name, RpcService.class) : said;
    }

    private ServiceBean service(String name, RpcService annotation) {
        Object bean = beans.getBean(name);
        Class<?> implementation = AopProxyUtils.ultimateTargetClass(bean);
        Class<?> contract = annotation.interfaceClass();
        if (contract == void.class) {
            List<Class<?>> candidates = ContractOf.candidates(implementation);
            if (candidates.size() != 1) {
                throw new AmbiguousContractException(name, implementation, candidates);
            }
            contract = candidates.get(0);
        }
        return new ServiceBean(name, contract, bean, implementation, annotation);
    }
}
