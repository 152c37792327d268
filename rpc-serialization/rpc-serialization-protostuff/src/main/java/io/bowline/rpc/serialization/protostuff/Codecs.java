package io.bowline.rpc.serialization.protostuff;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.Kind;
import io.bowline.rpc.wire.ResolvedType;
import io.bowline.rpc.wire.Shape;
import io.bowline.rpc.wire.TypeGraph;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds the codecs of one contract's types, each once. Used when a contract is exported or a proxy is made; one thread
 * at a time. What it built is complete, and safe for all threads, when the outermost {@link #of} returns.
 */
final class Codecs {
    private final TypeGraph types;
    private final Map<ResolvedType, ValueCodec> built = new HashMap<>();
    private final Map<ResolvedType, MessageCodec> messages = new HashMap<>();

    Codecs(TypeGraph types) {
        this.types = types;
    }

    /** The codec of a declared type; {@code path} names the place in messages. */
    synchronized ValueCodec of(ResolvedType type, String path) {
        ValueCodec known = built.get(type);
        if (known != null) {
            return known;
        }
        Class<?> raw = type.raw();
        ValueCodec codec = switch (type.kind()) {
            case VALUE -> value(raw, path);
            case ENUM -> new EnumCodec(raw, path);
            case ARRAY -> array(type, path);
            case COLLECTION ->
                new CollectionCodec(raw, of(type.argument(0), path + " → element"), enumType(type, "EnumSet", path));
            case MAP ->
                new MapCodec(
                        raw,
                        of(type.argument(0), path + " → key"),
                        of(type.argument(1), path + " → value"),
                        enumType(type, "EnumMap", path));
            case OPTIONAL -> new OptionalCodec(of(type.argument(0), path + " → content"));
            case ANY -> any(type, path);
            case RECORD, BEAN, OPEN -> user(type, path);
            case EXCEPTION -> throw refused(path, raw, "is an exception inside a value; throw it, or send its parts");
            case FOREIGN -> throw refused(path, raw, "cannot travel");
        };
        built.putIfAbsent(type, codec);
        return codec;
    }

    private static ValueCodec value(Class<?> raw, String path) {
        ValueCodec codec = JdkCodecs.value(raw);
        if (codec == null) {
            throw refused(path, raw, "is not known to this serializer");
        }
        return codec;
    }

    private ValueCodec array(ResolvedType type, String path) {
        ValueCodec primitive = ArrayCodecs.primitive(type.raw());
        return primitive != null
                ? primitive
                : ArrayCodecs.of(type.raw().getComponentType(), of(type.argument(0), path + " → element"));
    }

    private static @Nullable Class<?> enumType(ResolvedType type, String container, String path) {
        if (!type.raw().getSimpleName().equals(container)) {
            return null;
        }
        if (type.argument(0).kind() != Kind.ENUM) {
            throw refused(path, type.raw(), "does not say of which enum; declare its type argument");
        }
        return type.argument(0).raw();
    }

    /** A class of the user: alone, or one of those that may stand at its place. */
    private ValueCodec user(ResolvedType type, String path) {
        Class<?> raw = type.raw();
        List<Class<?>> subtypes = types.subtypes(raw);
        boolean open = type.kind() == Kind.OPEN;
        if (!open && subtypes.stream().allMatch(subtype -> subtype == raw)) {
            return message(type, path);
        }
        Names names = new Names();
        OpenCodec codec = new OpenCodec(raw, names, open ? null : message(type, path));
        built.put(type, codec);
        for (Class<?> subtype : subtypes) {
            if (subtype != raw) {
                names.put(subtype, exact(type.as(subtype), path + " → " + subtype.getSimpleName()));
            }
        }
        return codec;
    }

    private ValueCodec any(ResolvedType type, String path) {
        Names names = new Names();
        ValueCodec[] codecs = new ValueCodec[JdkCodecs.ORDER.size() + 1];
        AnyCodec codec = new AnyCodec(type.raw(), names, codecs);
        built.put(type, codec);
        codecs[0] = Others.NOTHING;
        for (int i = 1; i < codecs.length; i++) {
            codecs[i] = of(ResolvedType.of(JdkCodecs.ORDER.get(i - 1)), path);
        }
        for (Class<?> held : types.types()) {
            if (!Throwable.class.isAssignableFrom(held)) {
                names.put(held, exact(ResolvedType.of(held), path + " → " + held.getSimpleName()));
            }
        }
        return codec;
    }

    /** A codec for exactly this class, whatever subclasses it has. */
    private ValueCodec exact(ResolvedType type, String path) {
        boolean message = type.kind() == Kind.RECORD || type.kind() == Kind.BEAN;
        return message ? message(type, path) : of(type, path);
    }

    private MessageCodec message(ResolvedType type, String path) {
        MessageCodec known = messages.get(type);
        if (known != null) {
            return known;
        }
        Shape shape = Shape.of(type, path);
        MessageCodec codec = new MessageCodec(type.raw());
        messages.put(type, codec);
        if (types.subtypes(type.raw()).size() <= 1) {
            built.put(type, codec);
        }
        Numbering numbering = new Numbering(type.raw(), path);
        boolean always = type.kind() == Kind.BEAN;
        FieldCodec[] fields = shape.parts().stream()
                .map(part -> field(part, numbering, always, path))
                .toArray(FieldCodec[]::new);
        codec.fields(shape, fields);
        return codec;
    }

    private FieldCodec field(Shape.Part part, Numbering numbering, boolean always, String path) {
        String name = part.property().name();
        ValueCodec value = of(part.property().type(), path + " → " + name);
        int tag = Wire.tag(numbering.of(part.property().field()), value.wireType());
        FieldTemplate.Slot slot = FieldTemplate.Slot.of(part.property().field().getType());
        return Templates.field(new FieldTemplate.Spec(name, tag, always, slot, part.getter(), part.setter(), value));
    }

    private static RpcException refused(String path, Class<?> type, String what) {
        return RpcException.unprocessed(Code.NOT_SERIALIZABLE, type.getName() + " " + what + ", at " + path);
    }
}
