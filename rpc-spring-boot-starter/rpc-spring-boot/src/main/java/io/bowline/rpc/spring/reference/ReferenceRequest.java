package io.bowline.rpc.spring.reference;

import io.bowline.rpc.spring.RpcReference;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.core.AttributeAccessor;

/**
 * A reference as it is asked for. Immutable.
 *
 * @param bean the name of the bean that it becomes
 * @param name the name under which properties speak of it, {@code rpc.client.<name>}
 * @param contract the interface
 * @param annotation what the places say that want it; null where it is imported, or there because properties name it
 */
public record ReferenceRequest(
        String bean,
        String name,
        Class<?> contract,
        @Nullable RpcReference annotation) {
    private static final String ATTRIBUTE = ReferenceRequest.class.getName();

    /** The request that a bean definition stands for; null where it is that of another bean. */
    public static @Nullable ReferenceRequest of(BeanDefinition definition) {
        return (ReferenceRequest) definition.getAttribute(ATTRIBUTE);
    }

    void attachTo(AttributeAccessor definition) {
        definition.setAttribute(ATTRIBUTE, this);
    }
}
