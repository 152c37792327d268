package io.bowline.rpc.spring.server;

import io.bowline.rpc.spring.RpcService;

/**
 * A service that a bean offers.
 *
 * @param name the bean's name
 * @param contract the interface
 * @param bean what is called: the bean as others see it, whatever Spring has put around it
 * @param implementation the class that was written, without what Spring has put around it
 * @param annotation what the application says of it
 */
public record ServiceBean(
        String name, Class<?> contract, Object bean, Class<?> implementation, RpcService annotation) {}
