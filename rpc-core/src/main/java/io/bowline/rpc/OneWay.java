package io.bowline.rpc;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of a contract's {@code void} method that the caller does not wait for the service. The call returns once the request is
 * written to a connection; what fails before that is thrown, what fails after it, the connection included, concerns nobody: the
 * service runs once or not at all.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OneWay {}
