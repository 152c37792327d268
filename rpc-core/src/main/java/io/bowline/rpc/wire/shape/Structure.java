package io.bowline.rpc.wire.shape;

import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.Kind;
import io.bowline.rpc.wire.Property;
import io.bowline.rpc.wire.ResolvedType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How objects of one class are taken apart into named parts and made again: a record through its canonical constructor,
 * a bean through its no-argument constructor and its fields, an exception as {@link Exceptions} says. Works on fields,
 * never on accessors, so that what an accessor adds does not travel.
 *
 * <p>Immutable and thread-safe. Built at start; a call runs method handles.
 */
public final class Structure {
    private final Class<?> type;
    private final List<Part> parts;
    private final Map<String, Integer> places = new HashMap<>();
    private final Maker maker;
    private final @Nullable Object[] missing;

    private Structure(Class<?> type, List<Part> parts, Maker maker) {
        this.type = type;
        this.parts = List.copyOf(parts);
        this.maker = maker;
        this.missing = new Object[parts.size()];
        for (int i = 0; i < missing.length; i++) {
            missing[i] = parts.get(i).missing();
            places.put(parts.get(i).name(), i);
        }
    }

    /**
     * The structure of a record, a bean or an exception.
     *
     * @param path where the type stands, for the message of a refusal
     * @throws RpcException {@code NOT_SERIALIZABLE} for a class that cannot be made or whose fields are closed
     */
    public static Structure of(ResolvedType type, String path) {
        Class<?> raw = type.raw();
        if (type.kind() == Kind.EXCEPTION) {
            List<Property> properties = Exceptions.properties(type, path);
            List<Part> parts = new ArrayList<>(Exceptions.FIRST);
            parts.addAll(named(properties));
            return new Structure(raw, parts, new Exceptions(raw, properties, path));
        }
        List<Property> properties = Property.of(type);
        Maker maker = raw.isRecord() ? new Records(raw, properties, path) : new Beans(raw, properties, path);
        return new Structure(raw, named(properties), maker);
    }

    private static List<Part> named(List<Property> properties) {
        List<Part> parts = new ArrayList<>(properties.size());
        for (int i = 0; i < properties.size(); i++) {
            Property property = properties.get(i);
            boolean hidden = properties.subList(i + 1, properties.size()).stream()
                    .anyMatch(other -> other.name().equals(property.name()));
            String owner = property.field().getDeclaringClass().getSimpleName();
            parts.add(new Part(hidden ? owner + "." + property.name() : property.name(), property.type()));
        }
        return parts;
    }

    public Class<?> type() {
        return type;
    }

    /** The parts, in the order of declaration. */
    public List<Part> parts() {
        return parts;
    }

    /** The place of a part, or -1 for a name that is none. */
    public int place(String name) {
        Integer place = places.get(name);
        return place == null ? -1 : place;
    }

    /** The value of one part. */
    public @Nullable Object value(Object owner, int place) {
        return maker.value(owner, place);
    }

    /**
     * Confirms that a value can be made again from its parts, where that shows only in the value.
     *
     * @throws RpcException {@code NOT_SERIALIZABLE}
     */
    public void check(Object value) {
        maker.check(value);
    }

    /** A fresh array for {@link #make}: each place holds what stands for a part that does not arrive. */
    public @Nullable Object[] blank() {
        return missing.clone();
    }

    /** Whether {@link #begin} makes an object before its parts are known. */
    public boolean fillable() {
        return maker instanceof Beans;
    }

    /**
     * An object to {@link #fill}: the way for objects that may hold themselves. Null where parts must be known first.
     *
     * @throws RpcException {@code MALFORMED_DATA} when the user's constructor throws
     */
    public @Nullable Object begin() {
        return maker.begin();
    }

    /** Sets one part of what {@link #begin} returned. */
    public void fill(Object begun, int place, @Nullable Object value) {
        requirePresent(place, value);
        maker.fill(begun, place, value);
    }

    /**
     * Makes an object of all its parts.
     *
     * @throws RpcException {@code MALFORMED_DATA} when the user's constructor throws
     */
    public Object make(@Nullable Object[] values) {
        for (int i = 0; i < values.length; i++) {
            requirePresent(i, values[i]);
        }
        return maker.make(values);
    }

    private void requirePresent(int place, @Nullable Object value) {
        if (value == null
                && missing[place] != null
                && parts.get(place).type().raw().isPrimitive()) {
            throw Refusal.malformed(
                    "null for " + type.getName() + "." + parts.get(place).name());
        }
    }
}
