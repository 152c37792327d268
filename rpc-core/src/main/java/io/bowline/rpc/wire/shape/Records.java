package io.bowline.rpc.wire.shape;

import io.bowline.rpc.wire.Property;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records: read from their fields, made by the canonical constructor. */
final class Records implements Maker {
    private final Class<?> type;
    private final MethodHandle[] getters;
    private final MethodHandle factory;

    Records(Class<?> type, List<Property> properties, String path) {
        this.type = type;
        this.getters = Handles.getters(properties, path);
        this.factory = Handles.factory(canonical(type), path);
    }

    private static Constructor<?> canonical(Class<?> type) {
        Class<?>[] parameters = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(parameters);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a record without its canonical constructor: " + type.getName(), e);
        }
    }

    @Override
    public @Nullable Object value(Object owner, int place) {
        return Handles.get(getters[place], owner);
    }

    @Override
    public Object make(@Nullable Object[] values) {
        return Handles.make(factory, type, values);
    }
}
