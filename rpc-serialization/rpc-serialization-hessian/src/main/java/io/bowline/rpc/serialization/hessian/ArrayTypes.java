package io.bowline.rpc.serialization.hessian;

import org.jspecify.annotations.Nullable;

/** The names that Hessian's Java implementations give to arrays. */
final class ArrayTypes {
    private ArrayTypes() {}

    /** {@code [int}, {@code [string}, {@code [[int}, {@code [demo.Item}. */
    static String name(Class<?> component) {
        if (component.isArray()) {
            return "[" + name(component.getComponentType());
        }
        if (component == String.class) {
            return "[string";
        }
        return component == Object.class ? "[object" : "[" + component.getName();
    }

    /** The name that the JVM has for such an array, or null for a type that is no array. */
    static @Nullable String className(String type) {
        int levels = 0;
        while (levels < type.length() && type.charAt(levels) == '[') {
            levels++;
        }
        if (levels == 0 || levels > 255) {
            return null;
        }
        String component = type.substring(levels);
        return "[".repeat(levels)
                + switch (component) {
                    case "boolean" -> "Z";
                    case "byte" -> "B";
                    case "short" -> "S";
                    case "char" -> "C";
                    case "int" -> "I";
                    case "long" -> "J";
                    case "float" -> "F";
                    case "double" -> "D";
                    case "string" -> "Ljava.lang.String;";
                    case "object" -> "Ljava.lang.Object;";
                    default -> "L" + component + ";";
                };
    }
}
