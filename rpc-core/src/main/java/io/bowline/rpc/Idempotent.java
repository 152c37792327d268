package io.bowline.rpc;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of a contract's method, or of all its methods, that running it twice does no more than running it once. Only
 * then may a call whose outcome is unknown be tried again.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Idempotent {
    /**
     * What tells one call from another, so that a server can know again a call that is sent twice: within a while, it is
     * answered from the end of the first run and not run a second time on that server. Each part is the path of an
     * argument, {@code 0} or {@code 0.orderId}, or a label of the metadata, {@code @tenant}; all parts together are the
     * key. A call in which a part is missing or null has no key and is always run. None by default.
     *
     * <p>The key names a call and not a thing: two calls that may end differently need different keys, and what one
     * caller must not see another must not have the same key for.
     */
    String[] key() default {};
}
