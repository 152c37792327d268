package io.bowline.rpc.wire.value;

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
 * How objects of one class are taken apart into named parts and made again: records and beans by their
 * {@link io.bowline.rpc.wire.Shape}, exceptions as {@link Exceptions} says. Works on fields, never on accessors, so that
 * what an accessor adds does not travel. A value is made in three steps: {@link #start}, {@link #fill} for each part that
 * is there, {@link #finish}.
 *
 * <p>Immutable and thread-safe. Built at start; a call runs method handles.
 */
public final class Structure {
    private final Class<?> type;
    private final boolean fillable;
    private final List<Part> parts;
    private final Map<String, Integer> places = new HashMap<>();
    private final Maker maker;

    private Structure(ResolvedType type, List<Part> parts, Maker maker) {
        this.type = type.raw();
        this.fillable = type.kind() == Kind.BEAN;
        this.parts = List.copyOf(parts);
        this.maker = maker;
        for (int i = 0; i < parts.size(); i++) {
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
        if (type.kind() != Kind.EXCEPTION) {
            return new Structure(type, named(Property.of(type)), new Shaped(type, path));
        }
        List<Property> properties = Exceptions.properties(type, path);
        List<Part> parts = new ArrayList<>(Exceptions.FIRST);
        parts.addAll(named(properties));
        return new Structure(type, parts, new Exceptions(type.raw(), properties, path));
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

    /** Whether a draft is the value itself, so that its parts may refer to it. */
    public boolean fillable() {
        return fillable;
    }

    /**
     * A new draft. Parts that are not filled stay what a bean's constructor made them, else zero, without content or null.
     *
     * @throws RpcException {@code MALFORMED_DATA} when the user's constructor throws
     */
    public Object start() {
        return maker.start();
    }

    /**
     * Sets one part of a draft.
     *
     * @throws RpcException {@code MALFORMED_DATA} for null where a primitive is declared
     */
    public void fill(Object draft, int place, @Nullable Object value) {
        if (value == null && parts.get(place).isPrimitive()) {
            throw Refusal.malformed(
                    "null for " + type.getName() + "." + parts.get(place).name());
        }
        maker.fill(draft, place, value);
    }

    /**
     * The value of a draft, which must not be used again.
     *
     * @throws RpcException {@code MALFORMED_DATA} when the user's constructor throws
     */
    public Object finish(Object draft) {
        return fillable ? draft : maker.finish(draft);
    }
}
