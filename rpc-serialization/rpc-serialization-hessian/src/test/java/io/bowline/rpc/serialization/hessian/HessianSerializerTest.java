package io.bowline.rpc.serialization.hessian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.serialization.hessian.Samples.Bean;
import io.bowline.rpc.serialization.hessian.Samples.Colour;
import io.bowline.rpc.serialization.hessian.Samples.Line;
import io.bowline.rpc.serialization.hessian.Samples.OldLine;
import io.bowline.rpc.serialization.hessian.Samples.Picture;
import io.bowline.rpc.serialization.hessian.Samples.Point;
import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.Serializer;
import io.bowline.rpc.wire.TypeGraph;
import io.bowline.rpc.wire.WireOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HessianSerializerTest {
    private final Codec any = HessianSerializer.create().value(Object.class, TypeGraph.values());

    @Test
    void isFoundByName() {
        assertThat(ServiceLoader.load(Serializer.class))
                .anySatisfy(serializer -> assertThat(serializer.name()).isEqualTo("hessian2"));
    }

    /** The examples of the Hessian 2.0 serialization draft. */
    @ParameterizedTest
    @CsvSource({
        "0, 90",
        "-16, 80",
        "47, bf",
        "-2048, c000",
        "-256, c700",
        "2047, cfff",
        "-262144, d00000",
        "262143, d7ffff",
        "262144, 4900040000"
    })
    void writesWholeNumbersAsTheDraftDoes(int value, String hex) {
        assertThat(Samples.hex(any, value)).isEqualTo(hex);
        assertThat(Samples.read(any, hex)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "0, e0",
        "-8, d8",
        "15, ef",
        "-2048, f000",
        "2047, ffff",
        "-262144, 380000",
        "262143, 3fffff",
        "262144, 5900040000",
        "4294967296, 4c0000000100000000"
    })
    void writesLongNumbersAsTheDraftDoes(long value, String hex) {
        assertThat(Samples.hex(any, value)).isEqualTo(hex);
        assertThat(Samples.read(any, hex)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, 5b",
        "1.0, 5c",
        "-128.0, 5d80",
        "127.0, 5d7f",
        "-32768.0, 5e8000",
        "12.25, 444028800000000000",
        "-0.0, 448000000000000000",
        "NaN, 447ff8000000000000"
    })
    void writesFractionsAsTheDraftDoes(double value, String hex) {
        assertThat(Samples.hex(any, value)).isEqualTo(hex);
        assertThat(Samples.read(any, hex)).isEqualTo(value);
    }

    @Test
    void writesTextBytesListsAndMapsAsTheDraftDoes() {
        assertThat(Samples.hex(any, "hello")).isEqualTo("0568656c6c6f");
        assertThat(Samples.hex(any, "\u00c3")).isEqualTo("01c383");
        assertThat(Samples.hex(any, new byte[] {1, 2, 3})).isEqualTo("23010203");
        assertThat(Samples.hex(any, List.of(0, "foobar"))).isEqualTo("7a9006666f6f626172");
        assertThat(Samples.hex(any, Map.of(1, "fee"))).isEqualTo("4891036665655a");
        assertThat(Samples.hex(any, new int[] {0, 1})).isEqualTo("72045b696e749091");
        assertThat(Samples.read(any, "53 0005 68656c6c6f")).isEqualTo("hello");
        assertThat(Samples.read(any, "52 0002 6865 03 6c6c6f")).isEqualTo("hello");
        assertThat(Samples.read(any, "57 90 91 5a")).isEqualTo(List.of(0, 1));
        assertThat((int[]) Samples.read(any, "56 04 5b696e74 92 90 91")).containsExactly(0, 1);
    }

    @Test
    void writesTheDefinitionOfAClassOnce() {
        String name = hex(Point.class.getName());
        assertThat(Samples.hex(Samples.codec(Line.class), new Line(new Point(1, 2), new Point(3, 4))))
                .contains("60" + "4330"
                        + Integer.toHexString(Point.class.getName().length()) + name)
                .endsWith("92" + "0178" + "0179" + "61" + "9192" + "61" + "9394");
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void readsBackAnEqualValue() {
        Codec codec = Samples.codec(Picture.class, Colour.class);
        assertThat(Samples.read(codec, Samples.bytes(codec, Samples.PICTURE)))
                .usingRecursiveComparison()
                .isEqualTo(Samples.PICTURE);
    }

    @Test
    void sharedObjectsStayOne() {
        Point point = new Point(1, 2);
        Codec codec = Samples.codec(Line.class);
        Line back = (Line) Samples.read(codec, Samples.bytes(codec, new Line(point, point)));
        assertThat(back.from()).isEqualTo(point).isSameAs(back.to());
    }

    @Test
    void argumentsShareTheirReferences() {
        Bean bean = new Bean();
        Codec codec = HessianSerializer.create().arguments(List.of(Bean.class, Bean.class), Samples.graph(Bean.class));
        Object[] back = (Object[]) Samples.read(codec, Samples.bytes(codec, new Object[] {bean, bean}));
        assertThat(back[0]).isInstanceOf(Bean.class).isSameAs(back[1]);
    }

    @Test
    void cyclesThroughBeansListsAndMapsAreKept() {
        Bean bean = Bean.filled();
        Codec codec = Samples.codec(Bean.class);
        Bean back = (Bean) Samples.read(codec, Samples.bytes(codec, bean));
        assertThat(back.next).isSameAs(back);
        assertThat(back.name).isEqualTo(bean.name);
        List<Object> list = new ArrayList<>();
        Map<String, Object> map = new HashMap<>();
        list.add(map);
        map.put("list", list);
        List<?> listed = (List<?>) Samples.read(any, Samples.bytes(any, list));
        assertThat(((Map<?, ?>) listed.get(0)).get("list") == listed).isTrue();
    }

    @Test
    void cyclesThroughArraysAndKeysAreRefused() {
        Object[] array = new Object[1];
        array[0] = array;
        Map<Object, Object> keyed = new java.util.IdentityHashMap<>();
        keyed.put(keyed, 1);
        for (Object cyclic : List.of(array, keyed)) {
            assertThatThrownBy(() -> Samples.bytes(any, cyclic))
                    .isInstanceOfSatisfying(
                            RpcException.class, e -> assertThat(e.code()).isEqualTo(Code.NOT_SERIALIZABLE));
        }
    }

    /** The first field is gone on the reader's side, and the second refers to what stood in it. */
    @Test
    void referencesIntoSkippedFieldsAreRead() {
        Point point = new Point(1, 2);
        byte[] bytes = Samples.bytes(Samples.codec(Line.class), new Line(point, point));
        String renamed =
                new String(bytes, StandardCharsets.ISO_8859_1).replace(prefixed(Line.class), prefixed(OldLine.class));
        assertThat(renamed).contains("OldLine");
        assertThat(Samples.read(Samples.codec(OldLine.class), renamed.getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(new OldLine(point));
    }

    /** A class name behind its length, as Hessian writes it. */
    private static String prefixed(Class<?> type) {
        return "0" + (char) type.getName().length() + type.getName();
    }

    /** Sharing in keys makes a hash of 2^40 steps out of some hundred bytes. */
    @Test
    void sharingWithinKeysIsRefused() {
        StringBuilder hex = new StringBuilder("71").append(type("java.util.LinkedHashSet"));
        for (int level = 0; level < 40; level++) {
            hex.append("7a");
        }
        hex.append("9090");
        for (int level = 39; level > 0; level--) {
            hex.append("51").append(Integer.toHexString(0x90 + Math.min(level + 1, 40)));
        }
        assertMalformed(any, hex.toString());
    }

    private static String type(String name) {
        return Integer.toHexString(0x100 | name.length()).substring(1) + hex(name);
    }

    @Test
    void aReferenceCannotChangeATypeArgument() {
        record Lists(List<String> texts, List<Integer> numbers) {}
        Codec codec = Samples.codec(Lists.class);
        String hex = Samples.hex(codec, new Lists(new ArrayList<>(List.of("a")), new ArrayList<>(List.of(1))));
        assertThat(hex).endsWith("7991");
        assertMalformed(codec, hex.substring(0, hex.length() - 4) + "5191");
    }

    @Test
    void aMapIsReadWhereItsFieldsAreDeclared() {
        Codec codec = Samples.codec(Point.class);
        assertThat(Samples.read(codec, Samples.bytes(any, Map.of("x", 1, "y", 2, "z", List.of()))))
                .isEqualTo(new Point(1, 2));
    }

    @Test
    void leavesNothingBehindWhenItRefuses() {
        WireOutput out = new WireOutput();
        out.writeByte(1);
        assertThatThrownBy(() -> any.write(List.of("text", new Point(1, 2)), out))
                .isInstanceOf(RpcException.class)
                .hasMessageContaining(Point.class.getName());
        assertThat(out.size()).isEqualTo(1);
    }

    private static void assertMalformed(Codec codec, String hex) {
        assertThatThrownBy(() -> Samples.read(codec, hex))
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.code()).isEqualTo(Code.MALFORMED_DATA));
    }
}
