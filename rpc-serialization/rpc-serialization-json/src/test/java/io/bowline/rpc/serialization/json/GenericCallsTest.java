package io.bowline.rpc.serialization.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.RpcException;
import io.bowline.rpc.serialization.json.Samples.Animal;
import io.bowline.rpc.serialization.json.Samples.Dog;
import io.bowline.rpc.serialization.json.Samples.Item;
import io.bowline.rpc.serialization.json.Samples.Order;
import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.TypeGraph;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenericCallsTest {
    private final Codec plain = JsonSerializer.create().value(Object.class, TypeGraph.plain());

    @Test
    void aMapIsReadAsTheDeclaredRecord() {
        String sent = Samples.text(
                JsonSerializer.create().arguments(List.of(Object.class, Object.class), TypeGraph.plain()),
                new Object[] {Map.of("name", "nut", "count", 3L, "price", new BigDecimal("1.50")), 5});
        Codec declared = JsonSerializer.create().arguments(List.of(Item.class, long.class), Samples.graph(Item.class));
        assertThat((Object[]) Samples.read(declared, sent))
                .containsExactly(new Item("nut", 3, new BigDecimal("1.50")), 5L);
    }

    @Test
    void theTagOfAnOpenTypeIsWrittenFirst() {
        Map<String, Object> dog = new HashMap<>();
        dog.put("name", "Rex");
        dog.put("@type", Dog.class.getName());
        assertThat(Samples.read(Samples.codec(Animal.class), Samples.text(plain, dog)))
                .isEqualTo(new Dog("Rex"));
    }

    @Test
    void readsAnyJsonAsPlainValues() {
        Object value = Samples.read(
                plain,
                "{\"a\":[1,2147483648,9223372036854775808,1.5,1.50,1e400,-0.0,true,null,\"x\"],\"@type\":\"any\",\"b\":{}}");
        assertThat(value)
                .isEqualTo(Map.of(
                        "a",
                        Arrays.asList(
                                1,
                                2147483648L,
                                new BigInteger("9223372036854775808"),
                                1.5,
                                new BigDecimal("1.50"),
                                new BigDecimal("1e400"),
                                -0.0,
                                true,
                                null,
                                "x"),
                        "@type",
                        "any",
                        "b",
                        Map.of()));
        assertThat(Samples.text(plain, value)).contains("1.50").contains("9223372036854775808");
    }

    @Test
    void aTypedAnswerIsReadableWithoutItsContract() {
        String answer = Samples.text(Samples.codec(Order.class), Samples.ORDER);
        Map<?, ?> map = (Map<?, ?>) Samples.read(plain, answer);
        assertThat(map.get("pet")).isEqualTo(Map.of("@type", Dog.class.getName(), "name", "Rex"));
        assertThat(map.get("id")).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void refusesWhatPlainJsonCannotSay() {
        for (Object value : List.of(Instant.EPOCH, new byte[1], new Item("x", 1, null), Map.of(List.of(), 1))) {
            assertThatThrownBy(() -> Samples.text(plain, value))
                    .isInstanceOf(RpcException.class)
                    .hasMessageStartingWith("RPC-NOT-SERIALIZABLE");
        }
    }
}
