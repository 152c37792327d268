package io.bowline.rpc.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says on which side a bean of type {@link io.bowline.rpc.Filter} stands; without it, on both. On the bean's class or on
 * its {@code @Bean} method. Filters stand in {@link org.springframework.core.annotation.Order @Order}, the first
 * outermost.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface RpcFilter {
    /** Around which calls it stands. */
    Side side() default Side.BOTH;

    /** A side of a call. */
    enum Side {
        /** Calls that this application makes. */
        CLIENT,
        /** Calls that this application serves. */
        SERVER,
        /** Both. */
        BOTH
    }
}
