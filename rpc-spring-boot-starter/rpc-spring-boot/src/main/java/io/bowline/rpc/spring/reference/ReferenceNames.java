package io.bowline.rpc.spring.reference;

import java.beans.Introspector;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ObjectUtils;

/** How references and their beans are called. */
final class ReferenceNames {
    private ReferenceNames() {}

    /** {@code greeter} for {@code demo.Greeter}; of a nested interface, its own name alone. */
    static String decapitalised(Class<?> contract) {
        String simple = ClassUtils.getShortName(contract);
        return Introspector.decapitalize(simple.substring(simple.lastIndexOf('.') + 1));
    }

    /** {@code demo.Greeter(timeout=300ms, version=2)}: the same for places that say the same, and only for those. */
    static String bean(ResolvableType type, Map<String, Object> said) {
        StringJoiner attributes = new StringJoiner(", ", "(", ")");
        said.forEach((name, value) -> attributes.add(name + '=' + text(value)));
        return "rpcReference:" + type + attributes;
    }

    private static String text(Object value) {
        if (value instanceof Class<?> type) {
            return type.getName();
        }
        if (value instanceof Annotation annotation) {
            return AnnotationUtils.getAnnotationAttributes(annotation).entrySet().stream()
                    .filter(entry -> !ObjectUtils.nullSafeEquals(
                            entry.getValue(), AnnotationUtils.getDefaultValue(annotation, entry.getKey())))
                    .map(entry -> entry.getKey() + '=' + text(entry.getValue()))
                    .sorted()
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value instanceof Object[] several
                ? Arrays.stream(several).map(ReferenceNames::text).toList().toString()
                : value.toString();
    }
}
