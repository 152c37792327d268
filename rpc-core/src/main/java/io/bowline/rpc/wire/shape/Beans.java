package io.bowline.rpc.wire.shape;

import io.bowline.rpc.wire.Property;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Beans: made empty by their no-argument constructor, of any visibility, and then filled field by field. */
final class Beans implements Maker {
    private static final Object[] NOTHING = {};

    private final Class<?> type;
    private final MethodHandle[] getters;
    private final MethodHandle[] setters;
    private final MethodHandle factory;

    Beans(Class<?> type, List<Property> properties, String path) {
        this.type = type;
        this.getters = Handles.getters(properties, path);
        this.setters = Handles.setters(properties, path);
        this.factory = factory(type, path);
    }

    private static MethodHandle factory(Class<?> type, String path) {
        try {
            return Handles.factory(type.getDeclaredConstructor(), path);
        } catch (NoSuchMethodException e) {
            throw Refusal.notSerializable(
                    type.getName() + " has no no-argument constructor, at " + path,
                    "add one, which may be private, or make it a record");
        }
    }

    @Override
    public @Nullable Object value(Object owner, int place) {
        return Handles.get(getters[place], owner);
    }

    @Override
    public Object begin() {
        return Handles.make(factory, type, NOTHING);
    }

    @Override
    public void fill(Object begun, int place, @Nullable Object value) {
        Handles.set(setters[place], begun, value);
    }

    @Override
    public Object make(@Nullable Object[] values) {
        Object made = begin();
        for (int i = 0; i < values.length; i++) {
            fill(made, i, values[i]);
        }
        return made;
    }
}
