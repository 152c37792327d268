package io.bowline.rpc.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes beans of services of other applications, so that they can be injected without an annotation of their own. Each
 * bean bears the interface's simple name, beginning in lower case, and is configured by {@code rpc.client.<that name>}. On
 * the class of any bean, a configuration for instance.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface ImportRpcReferences {
    /** The interfaces. */
    Class<?>[] value() default {};

    /** Every top-level interface in the packages of these classes, sub-packages included. */
    Class<?>[] basePackageClasses() default {};
}
