package io.bowline.rpc.spring;

import io.bowline.rpc.client.RpcClientBuilder;

/**
 * Adjusts the client before it is made, after properties and beans have had their say. Beans of this type are called in
 * {@link org.springframework.core.annotation.Order @Order}.
 */
@FunctionalInterface
public interface RpcClientCustomizer {
    /** Sets what it wants to be otherwise. */
    void customize(RpcClientBuilder builder);
}
