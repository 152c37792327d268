package io.bowline.rpc.spring.properties;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Joins records whose components are null where nobody has said anything. */
final class Records {
    private Records() {}

    /** What the upper says, and where it is silent, the lower; records within records are joined likewise. */
    static <R extends Record> R over(R upper, R lower) {
        RecordComponent[] components = upper.getClass().getRecordComponents();
        @Nullable Object[] joined = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            Object said = get(components[i], upper);
            Object below = get(components[i], lower);
            if (said instanceof Record inner && below instanceof Record innerBelow) {
                joined[i] = over(inner, innerBelow);
            } else {
                joined[i] = said == null ? below : said;
            }
        }
        return make(upper, components, joined);
    }

    /** The value of a component. */
    static @Nullable Object get(RecordComponent component, Record of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("record " + of.getClass().getName(), impossible);
        }
    }

    /** Whether a component of this name says anything. */
    static boolean says(Record record, String name) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            if (component.getName().equals(name)) {
                return get(component, record) != null;
            }
        }
        throw new IllegalArgumentException("component: '" + name + "' (expected: one of " + record.getClass() + ")");
    }

    /** The name of a component as properties write it: {@code max-attempts}. */
    static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    @SuppressWarnings("unchecked") // The class of a record of this class.
    private static <R extends Record> R make(R like, RecordComponent[] components, @Nullable Object[] values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<R> constructor = (Constructor<R>) like.getClass().getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("record " + like.getClass().getName(), impossible);
        }
    }
}
