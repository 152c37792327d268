package io.bowline.rpc.serialization.protostuff;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.TypeGraph;
import io.protostuff.ByteArrayInput;
import io.protostuff.Tag;
import io.protostuff.WireFormat;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The bytes as they are for ever: a change here breaks every peer of an older version. */
class GoldenBytesTest {
    record Tagged(@Tag(1) int id, @Tag(2) @Nullable String name) {}

    record Named(int id) {}

    static final class Bean {
        @Tag(1)
        int id;

        @Tag(2)
        @Nullable
        String name;
    }

    enum Colour {
        @Tag(7)
        RED
    }

    private static void assertGolden(Codec codec, @Nullable Object value, String hex) {
        assertThat(Hex.write(codec, value)).isEqualTo(hex.replace(" ", ""));
        assertThat(Hex.read(codec, hex)).isEqualTo(value);
    }

    @Test
    void ofTaggedAndNamedFields() {
        assertGolden(Hex.codec(Tagged.class), new Tagged(150, "testing"), "0a 0c 08ac02 12 07 74657374696e67");
        assertGolden(Hex.codec(Tagged.class), new Tagged(0, null), "0a 00");
        assertThat(Numbering.hash("id")).isEqualTo(244448);
        assertGolden(Hex.codec(Named.class), new Named(-1), "0a 04 80ae77 01");
    }

    @Test
    void ofNothing() {
        assertGolden(Hex.codec(Tagged.class), null, "");
        assertGolden(Hex.codec(void.class), null, "");
    }

    @Test
    void ofBeansWithZeroAndNullSaid() {
        assertThat(Hex.write(Hex.codec(Bean.class), new Bean())).isEqualTo("0a" + "05" + "0800" + "f07f" + "02");
    }

    @Test
    void ofContainers() {
        assertGolden(Hex.codec(Object.class), "a", "0a 03 0a 01 61");
        assertGolden(Hex.codec(Object.class), List.of(1), "0a 06 3a 04 04 02 10 02");
        assertGolden(Hex.codec(Object.class), Map.of("k", true), "0a 0a 42 08 04 03 0a016b 02 2001");
        assertGolden(Hex.codec(Object.class), Optional.empty(), "0a 03 b202 00");
        assertGolden(Hex.codec(Object[].class), null, "");
        assertThat(Hex.write(Hex.codec(Integer[].class), new Integer[] {1, null}))
                .isEqualTo("0a04" + "09" + "0102" + "00");
    }

    @Test
    void ofValues() {
        assertGolden(Hex.codec(Colour.class), Colour.RED, "08 07");
        assertGolden(Hex.codec(long.class), -1L, "08 01");
        assertGolden(Hex.codec(double.class), 1.0, "09 000000000000f03f");
        assertGolden(Hex.codec(Instant.class), Instant.ofEpochSecond(1, 2), "0a 02 02 02");
    }

    @Test
    void ofClassesInOpenPlaces() {
        String name =
                HexFormat.of().formatHex(Named.class.getName().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        String length = HexFormat.of().toHexDigits((byte) (name.length() / 2));
        String body = "ea7f" + length + name + "80ae77" + "01";
        String whole = HexFormat.of().toHexDigits((byte) (body.length() / 2));

        assertGolden(Hex.codec(Object.class, Named.class), new Named(-1), "0a" + whole + body);
    }

    @Test
    void ofArguments() {
        Codec codec = ProtostuffSerializer.create()
                .arguments(List.of(int.class, String.class, long.class), TypeGraph.values());

        assertThat(Hex.write(codec, new Object[] {1, "a", 0L})).isEqualTo("0802" + "120161" + "1800");
        assertThat((Object[]) Hex.read(codec, "0802")).containsExactly(1, null, 0L);
    }

    /** The library's own reader agrees on tags, lengths and numbers. */
    @Test
    void areReadByTheLibraryTheyAreNamedFor() throws Exception {
        byte[] bytes = HexFormat.of().parseHex(Hex.write(Hex.codec(Tagged.class), new Tagged(-150, "tösting")));
        ByteArrayInput in = new ByteArrayInput(bytes, 2, bytes.length - 2, false);

        assertThat(in.readTag()).isEqualTo(WireFormat.makeTag(1, WireFormat.WIRETYPE_VARINT));
        assertThat(in.readSInt32()).isEqualTo(-150);
        assertThat(in.readTag()).isEqualTo(WireFormat.makeTag(2, WireFormat.WIRETYPE_LENGTH_DELIMITED));
        assertThat(in.readString()).isEqualTo("tösting");
        assertThat(Arrays.asList(in.currentOffset())).containsExactly(bytes.length);
    }
}
