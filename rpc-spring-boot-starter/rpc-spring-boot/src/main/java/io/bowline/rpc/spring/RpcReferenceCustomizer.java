package io.bowline.rpc.spring;

import io.bowline.rpc.client.ReferenceOptions;

/**
 * Adjusts references in code: what properties and annotations cannot say, a fallback that is a function for instance. It
 * has the last word, and is asked again when properties change. Beans of this type are called in {@link
 * org.springframework.core.annotation.Order @Order}.
 */
@FunctionalInterface
public interface RpcReferenceCustomizer {
    /**
     * Sets what it wants to be otherwise.
     *
     * @param contract the interface of the reference
     * @param options all that was said of it
     */
    void customize(Class<?> contract, ReferenceOptions options);
}
