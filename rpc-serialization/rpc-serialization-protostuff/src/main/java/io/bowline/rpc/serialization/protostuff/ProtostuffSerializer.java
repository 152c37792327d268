package io.bowline.rpc.serialization.protostuff;

import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.ResolvedType;
import io.bowline.rpc.wire.Serializer;
import io.bowline.rpc.wire.TypeGraph;
import java.lang.ref.WeakReference;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * The default serializer: fields of records and classes as they stand, in protobuf's wire format.
 *
 * <p>A field's number is a hash of its name, or that of its {@code io.protostuff.Tag}; so fields may be added, removed
 * and moved between versions, and a renamed one keeps its number with a tag. Fields that a reader does not know are
 * skipped; those that a writer did not send stay as the constructor made them. Records need nothing; other classes need
 * a constructor without arguments, of any visibility.
 *
 * <p>Refused at start: exceptions inside values, and what {@link TypeGraph} refuses. Refused when written: values nested
 * more than 100 levels deep, a cycle among them; sorted containers with a comparator; subclasses of JDK values. An
 * object that is referred to twice arrives as two.
 */
public final class ProtostuffSerializer implements Serializer {
    private static final String NAME = "protostuff";

    /** Methods of one contract share their codecs; the codecs themselves keep them alive. */
    private final Map<TypeGraph, WeakReference<Codecs>> byGraph = new WeakHashMap<>();

    /** For {@link java.util.ServiceLoader}; in code, use {@link #create()}. */
    public ProtostuffSerializer() {}

    public static ProtostuffSerializer create() {
        return new ProtostuffSerializer();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Codec value(Type type, TypeGraph types) {
        return new ResultCodec(positions(List.of(type), types));
    }

    @Override
    public Codec arguments(List<Type> parameterTypes, TypeGraph types) {
        return positions(parameterTypes, types);
    }

    private PositionsCodec positions(List<Type> parameterTypes, TypeGraph types) {
        Codecs codecs = codecs(types);
        try {
            List<ValueCodec> values = new ArrayList<>();
            for (Type parameter : parameterTypes) {
                ResolvedType type = ResolvedType.of(parameter);
                values.add(codecs.of(type, type.toString()));
            }
            return new PositionsCodec(codecs, parameterTypes, values);
        } catch (RuntimeException refused) {
            forget(types); // it may hold halves of what was refused
            throw refused;
        }
    }

    private void forget(TypeGraph types) {
        synchronized (byGraph) {
            byGraph.remove(types);
        }
    }

    private Codecs codecs(TypeGraph types) {
        synchronized (byGraph) {
            WeakReference<Codecs> known = byGraph.get(types);
            Codecs codecs = known == null ? null : known.get();
            if (codecs == null) {
                codecs = new Codecs(types);
                byGraph.put(types, new WeakReference<>(codecs));
            }
            return codecs;
        }
    }
}
