package io.bowline.rpc.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;

/**
 * A service of another application is wanted here: on a parameter of a constructor, of a {@code @Bean} or of another
 * autowired method, on a field, or on a setter. What comes is never null, whether or not a provider is there yet.
 *
 * <p>It is an ordinary bean. Places that say the same share one, and {@code @MockitoBean} replaces it. Where the
 * application has an implementation of the interface of its own, that is what a plain {@code @Autowired} gets, and this
 * annotation still gets the remote one.
 *
 * <p>Texts may hold placeholders, <code>${…}</code>. An attribute that is not given leaves the matter to the properties:
 * {@code rpc.client.<name>} and then {@code rpc.client.defaults}. What {@code rpc.client.<name>.methods} says of a method
 * counts more than anything said here.
 */
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Autowired
@Qualifier
public @interface RpcReference {
    /**
     * The name: {@code rpc.client.<name>} is what applies. By default the one whose {@code interface} is this type with
     * this version and group, else the type's simple name beginning in lower case.
     */
    String value() default "";

    /** The contract's version; compared exactly. */
    String version() default "";

    /** The contract's group; compared exactly. */
    String group() default "";

    /** How long a call may take, all attempts together: {@code 300ms}, {@code 2s}. */
    String timeout() default "";

    /** The name of a load balancer, of a bean or built in: {@code round-robin}. */
    String loadBalance() default "";

    /** The name of a strategy, of a bean or built in: {@code failfast}. */
    String strategy() default "";

    /** All attempts, the first included; -1 where nothing is said. */
    int maxAttempts() default -1;

    /** What answers in place of calls that failed: a bean of this class, else an instance made for it. */
    Class<?> fallback() default void.class;

    /** Providers at fixed addresses, {@code host:port}, in place of the registry. */
    String[] addresses() default {};

    /** What holds for single methods. */
    RpcReferenceMethod[] methods() default {};
}
