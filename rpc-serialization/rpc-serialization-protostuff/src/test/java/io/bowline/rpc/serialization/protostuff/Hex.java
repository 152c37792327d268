package io.bowline.rpc.serialization.protostuff;

import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.TypeGraph;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bytes as text, and codecs of a type alone. */
final class Hex {
    private Hex() {}

    static Codec codec(Type type, Class<?>... registered) {
        TypeGraph graph = TypeGraph.of(Map.of("test", Arrays.asList(type)), Set.of(registered));
        return ProtostuffSerializer.create().value(type, graph);
    }

    static String write(Codec codec, @Nullable Object value) {
        WireOutput out = new WireOutput();
        codec.write(value, out);
        return HexFormat.of().formatHex(out.toByteArray());
    }

    static @Nullable Object read(Codec codec, String hex) {
        return codec.read(new WireInput(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }
}
