package io.bowline.rpc.wire.value;

import io.bowline.rpc.wire.ResolvedType;
import io.bowline.rpc.wire.Shape;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records and beans, by their {@link Shape}. What a record's sender did not know of is zero, without content, or null. */
final class Shaped implements Maker {
    private final Class<?> type;
    private final MethodHandle[] getters;
    private final MethodHandle[] setters;
    private final MethodHandle start;
    private final MethodHandle finish;
    private final int[] optionals;

    Shaped(ResolvedType type, String path) {
        Shape shape = Shape.of(type, path);
        List<Shape.Part> parts = shape.parts();
        this.type = type.raw();
        this.getters =
                parts.stream().map(part -> part.getter().asType(Handles.GETTER)).toArray(MethodHandle[]::new);
        this.setters =
                parts.stream().map(part -> part.setter().asType(Handles.SETTER)).toArray(MethodHandle[]::new);
        this.start = shape.start();
        this.finish = shape.finish();
        this.optionals = type.raw().isRecord() ? optionals(parts) : new int[0];
    }

    private static int[] optionals(List<Shape.Part> parts) {
        return java.util.stream.IntStream.range(0, parts.size())
                .filter(i -> parts.get(i).property().type().raw() == Optional.class)
                .toArray();
    }

    @Override
    public @Nullable Object value(Object owner, int place) {
        return Handles.get(getters[place], owner);
    }

    @Override
    public Object start() {
        Object draft = Handles.start(start, type);
        for (int place : optionals) {
            fill(draft, place, Optional.empty());
        }
        return draft;
    }

    @Override
    public void fill(Object draft, int place, @Nullable Object value) {
        Handles.set(setters[place], draft, value);
    }

    @Override
    public Object finish(Object draft) {
        return Handles.finish(finish, type, draft);
    }
}
