package io.bowline.rpc.spring;

import io.bowline.rpc.server.RpcServerBuilder;

/**
 * Adjusts the server before it starts, after properties and beans have had their say. Beans of this type are called in
 * {@link org.springframework.core.annotation.Order @Order}.
 */
@FunctionalInterface
public interface RpcServerCustomizer {
    /** Sets what it wants to be otherwise. */
    void customize(RpcServerBuilder builder);
}
