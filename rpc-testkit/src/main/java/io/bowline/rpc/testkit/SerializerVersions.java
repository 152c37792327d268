package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.Serializer;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes of one version of a class with another of the same name: both are compiled here and live in class
 * loaders of their own, as on two machines in the middle of a rolling upgrade.
 */
final class SerializerVersions {
    private static final String OLD_RECORD = "record User(long id, String name, int age, String[] tags) {}";
    private static final String NEW_RECORD =
            "record User(java.util.List<String> roles, int age, String name, long id, boolean active, User boss) {}";
    private static final String OLD_CLASS = "class User { long id = 1; String name; int age; String[] tags; }";
    private static final String NEW_CLASS = "class Base { int age; String name; } class User extends Base {"
            + " java.util.List<String> roles; boolean active = true; long id; User boss; }";

    private static final Map<String, Object> KNOWN_TO_OLD =
            Map.of("id", 7L, "name", "ann", "age", 30, "tags", new String[] {"x"});
    private static final Map<String, Object> KNOWN_TO_NEW =
            Map.of("id", 7L, "name", "ann", "age", 30, "roles", List.of("admin"), "active", true);
    private static final Map<String, Object> COMMON = Map.of("id", 7L, "name", "ann", "age", 30);

    private SerializerVersions() {}

    static void check(Serializer serializer) {
        assumeTrue(ToolProvider.getSystemJavaCompiler() != null, "needs a JDK");
        Class<?> oldRecord = SerializerCompiler.compile("User", OLD_RECORD);
        Class<?> newRecord = SerializerCompiler.compile("User", NEW_RECORD);
        Class<?> oldClass = SerializerCompiler.compile("User", OLD_CLASS);
        Class<?> newClass = SerializerCompiler.compile("User", NEW_CLASS);

        assertArrives(serializer, oldRecord, newRecord, KNOWN_TO_OLD, Map.of("active", false));
        assertArrives(serializer, newRecord, oldRecord, KNOWN_TO_NEW, Map.of());
        assertArrives(serializer, oldClass, newClass, KNOWN_TO_OLD, Map.of("active", true));
        assertArrives(serializer, newClass, oldClass, KNOWN_TO_NEW, Map.of());
    }

    private static void assertArrives(
            Serializer serializer,
            Class<?> sent,
            Class<?> read,
            Map<String, Object> values,
            Map<String, Object> missing) {
        Codec writer = serializer.value(sent, SerializerContract.graph(Set.of(), sent));
        Codec reader = serializer.value(read, SerializerContract.graph(Set.of(), read));
        byte[] bytes = SerializerContract.write(writer, make(sent, values));
        Object arrived = SerializerContract.read(reader, bytes);

        assertThat(arrived).isInstanceOf(read);
        assertThat(fields(arrived)).containsAllEntriesOf(COMMON).containsAllEntriesOf(missing);
    }

    private static Object make(Class<?> type, Map<String, Object> values) {
        try {
            if (type.isRecord()) {
                RecordComponent[] components = type.getRecordComponents();
                Constructor<?> canonical = type.getDeclaredConstructor(
                        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
                canonical.setAccessible(true);
                return canonical.newInstance(Arrays.stream(components)
                        .map(component -> values.get(component.getName()))
                        .toArray());
            }
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            Object made = constructor.newInstance();
            for (Class<?> owner = type; owner != Object.class; owner = owner.getSuperclass()) {
                for (Field field : owner.getDeclaredFields()) {
                    field.setAccessible(true);
                    field.set(made, values.get(field.getName()));
                }
            }
            return made;
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("cannot make a sample", impossible);
        }
    }

    private static Map<String, Object> fields(@Nullable Object value) {
        Map<String, Object> fields = new TreeMap<>();
        Class<?> owner = value == null ? Object.class : value.getClass();
        for (; owner != Object.class && owner != Record.class; owner = owner.getSuperclass()) {
            for (Field field : owner.getDeclaredFields()) {
                field.setAccessible(true);
                try {
                    fields.put(field.getName(), field.get(value));
                } catch (IllegalAccessException impossible) {
                    throw new AssertionError(impossible);
                }
            }
        }
        return fields;
    }
}
