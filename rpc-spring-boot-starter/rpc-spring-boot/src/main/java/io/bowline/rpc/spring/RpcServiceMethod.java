package io.bowline.rpc.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What holds for one method of an {@link RpcService}. */
@Target({})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface RpcServiceMethod {
    /** {@code find} for all overloads, {@code find(long)} for one. */
    String name();

    /** The name of the bean of type {@link java.util.concurrent.Executor} that runs it; the service's when empty. */
    String executor() default "";

    /** Whether it never blocks, and runs where the call is read; {@link io.bowline.rpc.NonBlocking} says so, too. */
    Tristate nonBlocking() default Tristate.UNSET;

    /** How many of its calls may run at once; -1 where nothing is said. */
    int maxConcurrent() default -1;

    /** How many of its calls may begin: {@code "100/s"}; nothing is said when empty. */
    String rate() default "";
}
