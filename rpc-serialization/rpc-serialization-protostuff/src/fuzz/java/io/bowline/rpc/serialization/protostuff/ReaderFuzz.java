package io.bowline.rpc.serialization.protostuff;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.TypeGraph;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Any bytes are a value or {@code MALFORMED_DATA}; what was read can be written and read again. Run by
 * {@code mvn -Pfuzz verify}, guided by coverage; the ordinary run damages bytes from seeds instead.
 */
class ReaderFuzz {
    sealed interface Shape {}

    record Circle(double radius, @Nullable Shape inner) implements Shape {}

    enum Colour implements Shape {
        RED,
        GREEN
    }

    static final class Bean {
        long id = 1;
        String name = "bean";
        List<Shape> shapes = List.of();
        EnumMap<Colour, int[][]> grids = new EnumMap<>(Colour.class);
        Optional<BigDecimal> price = Optional.empty();

        @Nullable
        ZonedDateTime at;

        @Nullable
        Object any;

        @Nullable
        Bean next;
    }

    private static final Codec CODEC = ProtostuffSerializer.create()
            .arguments(
                    List.of(Bean.class, Object.class, int.class, String[].class),
                    TypeGraph.of(Map.of("fuzz", List.of(Bean.class, String[].class)), Set.of()));

    @FuzzTest(maxDuration = "10m")
    void answersAnyBytes(byte[] bytes) {
        Object value;
        try {
            value = CODEC.read(new WireInput(bytes));
        } catch (RpcException refused) {
            if (refused.code() != Code.MALFORMED_DATA) {
                throw refused;
            }
            return;
        }
        WireOutput out = new WireOutput();
        CODEC.write(value, out);
        CODEC.read(new WireInput(out.toByteArray()));
    }
}
