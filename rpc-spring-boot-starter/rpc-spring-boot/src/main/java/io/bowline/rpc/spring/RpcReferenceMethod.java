package io.bowline.rpc.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What holds for one method of an {@link RpcReference}. */
@Target({})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface RpcReferenceMethod {
    /** {@code find} for all overloads, {@code find(long)} for one. */
    String name();

    /** How long a call may take, all attempts together: {@code 300ms}, {@code 2s}. */
    String timeout() default "";

    /** Whether the timeout is for the whole of a streamed answer, rather than for its first element. */
    Tristate wholeStream() default Tristate.UNSET;

    /** All attempts, the first included; -1 where nothing is said. */
    int maxAttempts() default -1;

    /** Whether a call may run twice; {@link io.bowline.rpc.Idempotent} on the contract says so, too. */
    Tristate idempotent() default Tristate.UNSET;

    /** The name of a strategy, of a bean or built in: {@code failfast}. */
    String strategy() default "";
}
