package io.bowline.rpc.serialization.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.TypeGraph;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Any bytes are a value or {@code MALFORMED_DATA}. Seeded, so that a failure can be repeated. */
class JsonFuzzTest {
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\u",
        "\"@type\":",
        "\"@value\":",
        "\"java.util.ArrayList\"",
        "null",
        "1e9999",
        "-",
        "\"[I\"",
        "NaN",
        "\"java.lang.Throwable\"",
        "\"@cause\":",
        "\"java.util.LinkedHashMap\"",
        "\u0000",
        "\ud83d\ude00"
    };

    private static final List<Codec> CODECS = List.of(
            Samples.codec(Samples.Order.class),
            Samples.codec(Samples.Bean.class),
            Samples.codec(Samples.Failure.class),
            Samples.codec(Object.class, Samples.Dog.class, Samples.Step.class),
            JsonSerializer.create().value(Object.class, TypeGraph.plain()));

    @Test
    void mutatedBytesAreAValueOrMalformed() {
        Random random = new Random(20261123);
        byte[] seed = Samples.text(CODECS.get(0), Samples.ORDER).getBytes(StandardCharsets.UTF_8);
        int values = 0;
        for (int i = 0; i < 15_000; i++) {
            values += readOrMalformed(CODECS.get(i % CODECS.size()), mutated(seed, random));
        }
        assertThat(values).isPositive();
    }

    @Test
    void randomBytesAreAValueOrMalformed() {
        Random random = new Random(42);
        for (int i = 0; i < 15_000; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            readOrMalformed(CODECS.get(i % CODECS.size()), bytes);
        }
    }

    /** What is read can be written again, and is then read as the same bytes. */
    static int readOrMalformed(Codec codec, byte[] bytes) {
        WireInput in = new WireInput(bytes);
        Object value;
        try {
            value = codec.read(in);
        } catch (RpcException e) {
            assertThat(e.code()).isEqualTo(Code.MALFORMED_DATA);
            return 0;
        }
        assertThat(in.remaining()).isZero();
        WireOutput first = new WireOutput();
        codec.write(value, first);
        WireOutput second = new WireOutput();
        codec.write(codec.read(new WireInput(first.toByteArray())), second);
        assertThat(second.toByteArray()).hasSameSizeAs(first.toByteArray());
        return 1;
    }

    static void any(byte[] bytes) {
        for (Codec codec : CODECS) {
            readOrMalformed(codec, bytes);
        }
    }

    private static byte[] mutated(byte[] seed, Random random) {
        byte[] bytes = seed.clone();
        int from = 0;
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> {
                    byte[] piece = PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8);
                    System.arraycopy(piece, 0, bytes, at, Math.min(piece.length, bytes.length - at));
                }
                default -> from = random.nextInt(bytes.length);
            }
        }
        boolean cut = random.nextInt(8) == 0;
        return cut ? java.util.Arrays.copyOfRange(bytes, from, bytes.length) : bytes;
    }
}
