package io.bowline.rpc.serialization.json;

import io.bowline.rpc.testkit.SerializerContract;
import io.bowline.rpc.wire.Serializer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** JSON refuses no case of the contract. */
class JsonContractTest extends SerializerContract {
    @Override
    protected Serializer serializer() {
        return JsonSerializer.create();
    }

    @Override
    protected List<byte[]> bombs() {
        return Stream.of(
                        "[".repeat(10_000),
                        "{\"a\":".repeat(10_000),
                        "\"" + "x".repeat(100_000),
                        "9".repeat(100_000),
                        "{\"@type\":\"[I\",\"@value\":" + "[".repeat(10_000),
                        "{\"@type\":\"java.math.BigInteger\",\"@value\":\"" + "9".repeat(100_000) + "\"}")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
