package io.bowline.rpc.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The application under test offers its services and finds them without a port and without a registry, whatever its
 * properties say: calls go through {@link io.bowline.rpc.transport.LocalTransport} and a registry of the test's own
 * context. Everything else is as in production: arguments are written to bytes and read back by the same serializer, and
 * the same filters stand around calls.
 *
 * <p>Beside {@code @SpringBootTest} or any other annotation that makes a context. The fields, parameters and setters of
 * test classes may bear {@link io.bowline.rpc.spring.RpcReference}, with and without this annotation.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface AutoConfigureTestRpcTransport {}
