package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.testkit.SerializerSamples.Decoys;
import io.bowline.rpc.testkit.SerializerSamples.Objects;
import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.Serializer;
import io.bowline.rpc.wire.TypeGraph;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Offers a class outside the gate at every place where a type may be named. The bytes are made with a class that the
 * writer may send; its name is then written over with that of the canary, whose initialisation would be seen.
 */
final class SerializerGate {
    private SerializerGate() {}

    static void check(Serializer serializer) {
        System.clearProperty(SerializerSamples.CANARY);
        Decoys decoy = new Decoys(1);
        List<Object> places = List.of(
                decoy,
                List.of(decoy),
                new ArrayList<>(List.of("a", decoy)),
                Map.of("value", decoy),
                Map.of(decoy, "key"),
                new Object[] {decoy},
                List.of(Map.of("a", List.of(decoy))),
                new Objects(decoy, List.of(), Map.of(), new Object[0]),
                new Objects(null, List.of(decoy), Map.of(), new Object[0]),
                new Objects(null, List.of(), Map.of(1, decoy), new Object[0]),
                new Objects(null, List.of(), Map.of(), new Object[] {decoy}));
        for (Object value : places) {
            checkValue(serializer, Object.class, value);
        }
        checkValue(serializer, Optional.class, Optional.of(decoy));
        checkArgument(serializer, decoy);
        assertThat(System.getProperty(SerializerSamples.CANARY))
                .as("a class outside the gate was initialised")
                .isNull();
    }

    private static void checkValue(Serializer serializer, Type declared, Object value) {
        Codec writer = serializer.value(declared, graph(Objects.class, Decoys.class));
        Codec reader = serializer.value(declared, graph(Objects.class));
        assertRefused(reader, SerializerContract.write(writer, value));
    }

    private static void checkArgument(Serializer serializer, Object value) {
        List<Type> types = List.of(String.class, Object.class);
        Codec writer = serializer.arguments(types, graph(Decoys.class));
        Codec reader = serializer.arguments(types, TypeGraph.values());
        assertRefused(reader, SerializerContract.write(writer, new Object[] {"a", value}));
    }

    private static void assertRefused(Codec reader, byte[] written) {
        byte[] canary = new String(written, StandardCharsets.ISO_8859_1)
                .replace("Decoys", "Canary")
                .getBytes(StandardCharsets.ISO_8859_1);
        for (byte[] bytes : List.of(written, canary)) {
            assertThatThrownBy(() -> SerializerContract.read(reader, bytes))
                    .isInstanceOfSatisfying(
                            RpcException.class, e -> assertThat(e.code()).isEqualTo(Code.MALFORMED_DATA));
        }
    }

    private static TypeGraph graph(Class<?>... registered) {
        return SerializerContract.graph(Set.of(registered), Object.class);
    }
}
