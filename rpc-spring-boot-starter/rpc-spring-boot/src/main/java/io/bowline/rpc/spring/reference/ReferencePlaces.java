package io.bowline.rpc.spring.reference;

import java.util.Set;

/**
 * Classes that are no beans and want references all the same, those of tests for instance. A singleton of this type is
 * registered by the name {@link #BEAN} before the context is refreshed.
 *
 * @param classes whose constructors, fields and methods are looked at
 */
public record ReferencePlaces(Set<Class<?>> classes) {
    /** The name of the singleton. */
    public static final String BEAN = "io.bowline.rpc.spring.reference.ReferencePlaces";

    public ReferencePlaces {
        classes = Set.copyOf(classes);
    }
}
