package io.bowline.rpc.serialization.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.serialization.json.Samples.Animal;
import io.bowline.rpc.serialization.json.Samples.Bean;
import io.bowline.rpc.serialization.json.Samples.Canary;
import io.bowline.rpc.serialization.json.Samples.Cat;
import io.bowline.rpc.serialization.json.Samples.Dog;
import io.bowline.rpc.serialization.json.Samples.Failure;
import io.bowline.rpc.serialization.json.Samples.Item;
import io.bowline.rpc.serialization.json.Samples.Order;
import io.bowline.rpc.serialization.json.Samples.Step;
import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.Serializer;
import io.bowline.rpc.wire.TypeGraph;
import io.bowline.rpc.wire.WireOutput;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSerializerTest {
    @Test
    void isFoundByName() {
        assertThat(ServiceLoader.load(Serializer.class))
                .anySatisfy(serializer -> assertThat(serializer.name()).isEqualTo("json"));
    }

    @Test
    void writesWhatHumansRead() {
        String text = Samples.text(Samples.codec(Order.class), Samples.ORDER);
        assertThat(text)
                .isEqualTo("{\"id\":9223372036854775807,"
                        + "\"pet\":{\"@type\":\"" + Dog.class.getName() + "\",\"name\":\"Rex\"},"
                        + "\"pets\":[{\"@type\":\"" + Cat.class.getName() + "\",\"lives\":9},"
                        + "{\"@type\":\"" + Dog.class.getName() + "\",\"name\":\"Ada\"}],"
                        + "\"byNumber\":{\"1\":{\"name\":\"nut\",\"count\":3,\"price\":1.50}},"
                        + "\"byItem\":[[{\"name\":\"bolt\",\"count\":1,\"price\":0.000},\"UP\"]],"
                        + "\"at\":[\"2026-11-23T10:15:30.000000001Z\"],"
                        + "\"any\":{\"@type\":\"java.util.LinkedHashSet\",\"@value\":"
                        + "[{\"@type\":\"java.lang.Long\",\"@value\":5}]},"
                        + "\"rate\":-0.0,\"bytes\":\"AQID\",\"grid\":[[1,2],[]],"
                        + "\"when\":\"2026-10-25T02:30+01:00[Europe/Paris]\",\"lasted\":\"PT-0.999999999S\","
                        + "\"big\":123456789012345678901234567890,"
                        + "\"holes\":[\"a\",null,\"\ud83d\ude00\",\"\\ud83d\"]}");
    }

    @Test
    void readsBackAnEqualValue() {
        Codec codec = Samples.codec(Order.class);
        Object back = Samples.read(codec, Samples.text(codec, Samples.ORDER));
        assertThat(back).usingRecursiveComparison().isEqualTo(Samples.ORDER);
        assertThat(((Order) back).any()).isEqualTo(Samples.ORDER.any());
        assertThat(((Order) back).byNumber().get(1).price()).isEqualTo(new BigDecimal("1.50"));
    }

    @Test
    void beansAreMadeByTheirConstructorAndFilledByField() {
        Codec codec = Samples.codec(Bean.class);
        String text = Samples.text(codec, Bean.of("a", Bean.of("b")));
        assertThat(text)
                .isEqualTo("{\"name\":\"a\",\"children\":[{\"name\":\"b\",\"children\":[],\"size\":7}],\"size\":7}");
        Bean back = (Bean) Samples.read(codec, "{\"unknown\":[{}],\"size\":8,\"children\":[{\"name\":null}]}");
        assertThat(back.name()).isEqualTo("preset");
        assertThat(back.size()).isEqualTo(8);
        assertThat(back.children().get(0).name()).isNull();
    }

    @Test
    void exceptionsKeepMessageCauseAndFields() {
        Codec codec = Samples.codec(Failure.class);
        Failure failure = new Failure("none left", 3);
        failure.initCause(new IllegalStateException("shelf"));
        Failure back = (Failure) Samples.read(codec, Samples.text(codec, failure));
        assertThat(back).hasMessage("none left").hasCauseInstanceOf(IllegalStateException.class);
        assertThat(back.getCause()).hasMessage("shelf");
        assertThat(back.left()).isEqualTo(3);
    }

    @Test
    void tagsAreResolvedByTheGateAlone() {
        Codec animals = Samples.codec(Animal.class);
        Codec any = Samples.codec(Object.class);
        String canary = "{\"@type\":\"" + Canary.class.getName() + "\"}";
        for (Codec codec : List.of(animals, any)) {
            assertMalformed(codec, canary);
            assertMalformed(codec, "{\"@type\":\"java.lang.ProcessBuilder\",\"@value\":[\"x\"]}");
        }
        assertMalformed(animals, "{\"@type\":\"java.lang.String\",\"@value\":\"x\"}");
        assertMalformed(animals, "{\"name\":\"Rex\",\"@type\":\"" + Dog.class.getName() + "\"}");
    }

    @Test
    void argumentsAreOneArray() {
        TypeGraph types = Samples.graph(Item.class);
        Codec codec = JsonSerializer.create().arguments(List.of(int.class, Item.class), types);
        String text = Samples.text(codec, new Object[] {1, null});
        assertThat(text).isEqualTo("[1,null]");
        assertThat((Object[]) Samples.read(codec, text)).containsExactly(1, null);
        assertMalformed(codec, "[1]");
        assertMalformed(codec, "[1,null,2]");
        assertMalformed(codec, "[null,null]");
        assertMalformed(codec, "{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1",
                "{\"name\":}",
                "nul",
                "{}{}",
                "[]",
                "1",
                "{\"count\":1.5}",
                "{\"count\":2147483648}",
                "{\"count\":null}",
                "{\"count\":\"1\"}",
                "{\"name\":1}",
                "{\"price\":1e}",
                "{\"x\":[}",
                "\u0000"
            })
    void whatIsNoValueIsMalformed(String text) {
        assertMalformed(Samples.codec(Item.class), text);
    }

    @Test
    void bombsAreBounded() {
        Codec any = Samples.codec(Object.class);
        assertMalformed(any, "[".repeat(200_000));
        assertMalformed(any, "{\"a\":".repeat(200_000));
        assertMalformed(Samples.codec(Item.class), "{\"skipped\":" + "[".repeat(200_000));
        assertMalformed(Samples.codec(BigDecimal.class), "1".repeat(1_000_000));
        assertMalformed(any, "1".repeat(1_000_000));
        assertMalformed(any, "[" + "0,".repeat(Json.MAX_VALUES) + "0]");
    }

    @Test
    void refusesWhatItWouldLose() {
        List<Object> loop = new ArrayList<>();
        loop.add(loop);
        assertNotSerializable(Samples.codec(Object.class), loop);
        assertNotSerializable(Samples.codec(Object.class), new Canary());
        TreeMap<String, Integer> byLength = new TreeMap<>(String::compareToIgnoreCase);
        byLength.put("a", 1);
        assertNotSerializable(Samples.codec(new Of<TreeMap<String, Integer>>() {}.type()), byLength);
        assertNotSerializable(Samples.codec(BigDecimal.class), new BigDecimal("1".repeat(20_000)));
    }

    @Test
    void leavesNothingBehindWhenItRefuses() {
        WireOutput out = new WireOutput();
        out.writeByte(1);
        List<Object> half = List.of("text".repeat(10_000), new Canary());
        assertThatThrownBy(() -> Samples.codec(Object.class).write(half, out)).isInstanceOf(RpcException.class);
        assertThat(out.size()).isEqualTo(1);
        WireOutput tiny = new WireOutput(100);
        assertThatThrownBy(() -> Samples.codec(Object.class).write("x".repeat(50_000), tiny))
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.code()).isEqualTo(Code.PAYLOAD_TOO_LARGE));
    }

    @Test
    void enumsWithBodiesTravelAsTheirEnum() {
        Codec codec = Samples.codec(Object.class, Step.class);
        String text = Samples.text(codec, Step.UP);
        assertThat(text).isEqualTo("{\"@type\":\"" + Step.class.getName() + "\",\"@value\":\"UP\"}");
        assertThat(Samples.read(codec, text)).isSameAs(Step.UP);
        assertMalformed(codec, text.replace("UP", "SIDEWAYS"));
    }

    private static void assertMalformed(Codec codec, String text) {
        assertThatThrownBy(() -> Samples.read(codec, text))
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.code()).isEqualTo(Code.MALFORMED_DATA));
    }

    private static void assertNotSerializable(Codec codec, Object value) {
        assertThatThrownBy(() -> Samples.text(codec, value))
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.code()).isEqualTo(Code.NOT_SERIALIZABLE));
    }

    private abstract static class Of<T> {
        java.lang.reflect.Type type() {
            return ((java.lang.reflect.ParameterizedType) getClass().getGenericSuperclass())
                    .getActualTypeArguments()[0];
        }
    }
}
