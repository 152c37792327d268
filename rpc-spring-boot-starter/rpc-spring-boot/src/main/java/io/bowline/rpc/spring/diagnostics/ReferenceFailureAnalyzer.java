package io.bowline.rpc.spring.diagnostics;

import io.bowline.rpc.spring.RpcReference;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.Order;

/** Says why a place that wants a reference has none: it stands where nobody could look for it. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ReferenceFailureAnalyzer extends AbstractFailureAnalyzer<UnsatisfiedDependencyException> {
    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnsatisfiedDependencyException cause) {
        InjectionPoint place = cause.getInjectionPoint();
        if (place == null
                || !(cause.getCause() instanceof NoSuchBeanDefinitionException)
                || !MergedAnnotations.from(place.getAnnotations()).isPresent(RpcReference.class)) {
            return null;
        }
        return new FailureAnalysis(
                "@RpcReference in " + place + " found no reference.",
                "References are looked for in the classes of bean definitions and in methods that make beans. If the bean"
                        + " is made by a @Bean method, let that method return the class rather than an interface of it;"
                        + " or name the interface in @ImportRpcReferences. If rpc.enabled is false, there are none.",
                cause);
    }
}
