package io.bowline.rpc.serialization.json;

import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.ResolvedType;
import io.bowline.rpc.wire.Serializer;
import io.bowline.rpc.wire.TypeGraph;
import java.lang.reflect.Type;
import java.util.List;

/**
 * JSON: values that a human can read, and the serializer of calls without a contract. Thread-safe.
 *
 * <p>Records, beans and exceptions are objects by field name; argument lists and collections are arrays; bytes are
 * base64; dates and times are ISO text; numbers keep every digit, {@code BigDecimal} its scale; NaN and the infinities
 * are text. An {@code Optional} is an array of no or one element, so that no content differs from null. A map is an
 * object where each of its keys has a text, else an array of pairs. What is not known is skipped, what is missing is
 * zero, empty or null.
 *
 * <p>Where the declared type leaves open which class stands there, the object begins with {@code "@type"}, the exact
 * class name; it is looked up in the {@link TypeGraph} and nowhere else. Input without tags is read wherever the declared
 * type is concrete. An object that two places share arrives as two; a cycle is refused when written.
 *
 * <p>With the graph {@link TypeGraph#plain()}, the place of {@code Object} holds plain JSON: {@code Map}, {@code List},
 * {@code String}, {@code Number}, {@code Boolean} and null, without tags. That is what calls without a contract send and
 * receive; a fraction arrives as {@code Double} where that prints the same digits, else as {@code BigDecimal}.
 */
public final class JsonSerializer implements Serializer {
    /** For {@link java.util.ServiceLoader}; in code, {@link #create()} says the same. */
    public JsonSerializer() {}

    public static JsonSerializer create() {
        return new JsonSerializer();
    }

    @Override
    public String name() {
        return "json";
    }

    @Override
    public Codec value(Type type, TypeGraph types) {
        ResolvedType resolved = ResolvedType.of(type);
        return new JsonCodec(new Nodes(types).root(resolved), resolved.toString());
    }

    @Override
    public Codec arguments(List<Type> parameterTypes, TypeGraph types) {
        Nodes nodes = new Nodes(types);
        Node[] elements =
                parameterTypes.stream().map(ResolvedType::of).map(nodes::root).toArray(Node[]::new);
        return new JsonCodec(new ArgumentsNode(elements), "arguments");
    }
}
