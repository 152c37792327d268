package io.bowline.rpc.wire;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/**
 * One part of a class that travels: a record component, or a field that is neither static nor transient.
 *
 * @param name its name in the source
 * @param type its declared type, type variables replaced
 * @param field the field behind it, where annotations stand
 */
public record Property(String name, ResolvedType type, Field field) {
    /**
     * The properties of a class in the order of declaration, those of superclasses first. Fields of JDK superclasses,
     * {@code Throwable} above all, are not among them. Initialises nothing.
     */
    public static List<Property> of(ResolvedType owner) {
        List<Property> properties = new ArrayList<>();
        collect(owner, properties);
        return properties;
    }

    private static void collect(ResolvedType owner, List<Property> into) {
        ResolvedType superclass = owner.superclass();
        if (superclass != null && !JdkTypes.owns(superclass.raw())) {
            collect(superclass, into);
        }
        for (Field field : owner.raw().getDeclaredFields()) {
            int modifiers = field.getModifiers();
            if (!Modifier.isStatic(modifiers) && !Modifier.isTransient(modifiers) && !field.isSynthetic()) {
                into.add(new Property(field.getName(), owner.resolve(field.getGenericType()), field));
            }
        }
    }
}
