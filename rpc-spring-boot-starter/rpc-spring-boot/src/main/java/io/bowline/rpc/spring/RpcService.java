package io.bowline.rpc.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;

/**
 * The bean is a service that this application offers to others: on its class, which is thereby a component, or on the
 * {@code @Bean} method that makes it. What is called is the bean as others see it, with its transactions, its validation
 * and whatever else Spring has put around it.
 *
 * <p>Texts may hold placeholders, <code>${…}</code>. An attribute that is not given leaves the matter to the properties
 * {@code rpc.server.*}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Component
public @interface RpcService {
    /** The bean's name, where it is on a class; the class's own name, beginning in lower case, when empty. */
    @AliasFor(annotation = Component.class, attribute = "value")
    String value() default "";

    /**
     * The contract. By default the one interface that the bean's class implements, those of the JDK, of Jakarta and of
     * Spring not counted.
     */
    Class<?> interfaceClass() default void.class;

    /** The contract's version; compared exactly. */
    String version() default "";

    /** The contract's group; compared exactly. */
    String group() default "";

    /** The service's share of the calls, 0 to 10,000, where 100 is normal; -1 for the server's. */
    int weight() default -1;

    /** Labels for routing, {@code "tag=gray"}, on top of the server's. */
    String[] labels() default {};

    /** The name of the bean of type {@link java.util.concurrent.Executor} that runs the methods; the server's when empty. */
    String executor() default "";

    /** What holds for single methods. */
    RpcServiceMethod[] methods() default {};
}
