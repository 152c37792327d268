package io.bowline.examples.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.TypeGraph;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FieldsSerializerTest {
    private static final Orders.Order ORDER =
            new Orders.Order(Arrays.asList(new Orders.Line("Grüße \u2615", -7, new BigDecimal("1.20")), null), null);

    private final FieldsSerializer serializer = new FieldsSerializer();

    record Tree(String name, List<Tree> branches) {}

    record Shelf(Map<String, Integer> pieces) {}

    @Test
    void keepsRecordsListsAndNulls() {
        assertThat(read(codec(Orders.Order.class), written(ORDER))).isEqualTo(ORDER);
    }

    @Test
    void keepsArguments() {
        List<Type> types = List.of(Orders.Order.class, int.class, String.class);
        Codec codec = serializer.arguments(types, TypeGraph.of(Map.of("test", types), Set.of()));
        WireOutput out = new WireOutput();
        codec.write(new Object[] {ORDER, 1, null}, out);

        assertThat((Object[]) codec.read(new WireInput(out.toByteArray()))).containsExactly(ORDER, 1, null);
    }

    @Test
    void refusesAtStartWhatItCannotKeepAndSaysWhere() {
        assertThatThrownBy(() -> codec(Tree.class))
                .isInstanceOfSatisfying(
                        RpcException.class,
                        refused -> assertThat(refused.code()).isEqualTo(Code.NOT_SERIALIZABLE))
                .hasMessageContaining("Tree → branches → List<Tree> → Tree");
        assertThatThrownBy(() -> codec(Shelf.class)).hasMessageContaining("Shelf → pieces → Map<String, Integer>");
    }

    @Test
    void answersDamagedBytesWithAValueOrMalformedData() {
        byte[] whole = written(ORDER);
        List<byte[]> damaged = new ArrayList<>();
        for (int i = 0; i < whole.length; i++) {
            damaged.add(Arrays.copyOf(whole, i));
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = whole.clone();
                flipped[i] ^= (byte) (1 << bit);
                damaged.add(flipped);
            }
        }
        int refused = 0;
        for (byte[] bytes : damaged) {
            try {
                read(codec(Orders.Order.class), bytes);
            } catch (RpcException malformed) {
                assertThat(malformed.code()).isEqualTo(Code.MALFORMED_DATA);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(whole.length);
    }

    @Test
    void refusesNullWhereAPrimitiveIsDeclared() {
        assertThatThrownBy(() -> read(codec(int.class), new byte[] {'-'}))
                .isInstanceOfSatisfying(
                        RpcException.class,
                        refused -> assertThat(refused.code()).isEqualTo(Code.MALFORMED_DATA));
    }

    private byte[] written(Object value) {
        WireOutput out = new WireOutput();
        codec(value.getClass()).write(value, out);
        return out.toByteArray();
    }

    private Codec codec(Class<?> type) {
        return serializer.value(type, TypeGraph.of(Map.of("test", List.of(type)), Set.of()));
    }

    private static Object read(Codec codec, byte[] bytes) {
        return codec.read(new WireInput(bytes));
    }
}
