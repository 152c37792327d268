package io.bowline.rpc.serialization.hessian;

import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.ResolvedType;
import io.bowline.rpc.wire.Serializer;
import io.bowline.rpc.wire.TypeGraph;
import java.lang.reflect.Type;
import java.util.List;

/**
 * Hessian 2.0: compact, self-describing, and it keeps an object that two places share, or that holds itself, one
 * object. Thread-safe.
 *
 * <p>The bytes follow the Hessian 2.0 serialization draft as its Java implementations read it: records, beans and
 * exceptions are objects with a class definition, enums and big numbers are the objects that these implementations make
 * of them. Values of the JDK that Hessian has no form for are their text; where the declared type is open, an object of
 * their class with the one field {@code value}. Class names are looked up in the {@link TypeGraph} and nowhere else.
 *
 * <p>References are kept between places of one declared type. A cycle may run through beans, lists and maps; through a
 * record, an array or an exception, which are made of all their parts at once, it is refused when written, as it is
 * through a key or the element of a set, whose hash would not end.
 */
public final class HessianSerializer implements Serializer {
    /** For {@link java.util.ServiceLoader}; in code, {@link #create()} says the same. */
    public HessianSerializer() {}

    public static HessianSerializer create() {
        return new HessianSerializer();
    }

    @Override
    public String name() {
        return "hessian2";
    }

    @Override
    public Codec value(Type type, TypeGraph types) {
        ResolvedType resolved = ResolvedType.of(type);
        return new HessianCodec(new Nodes(types).root(resolved), resolved.toString());
    }

    @Override
    public Codec arguments(List<Type> parameterTypes, TypeGraph types) {
        Nodes nodes = new Nodes(types);
        Node[] elements =
                parameterTypes.stream().map(ResolvedType::of).map(nodes::root).toArray(Node[]::new);
        return new HessianArguments(elements);
    }
}
