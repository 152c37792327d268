package io.bowline.rpc.serialization.hessian;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Any bytes are a value or {@code MALFORMED_DATA}. Seeded, so that a failure can be repeated. */
class HessianFuzzTest {
    private static final List<Codec> CODECS = List.of(
            Samples.codec(Samples.Picture.class, Samples.Colour.class),
            Samples.codec(Samples.Bean.class),
            Samples.codec(Samples.OldLine.class, Samples.Line.class),
            Samples.codec(Object.class, Samples.Point.class, Samples.Colour.class));

    @Test
    void mutatedBytesAreAValueOrMalformed() {
        Random random = new Random(20261123);
        Samples.Bean bean = Samples.Bean.filled();
        bean.bytes = new byte[3];
        bean.tags.remove(2);
        Samples.Point point = new Samples.Point(1, 2);
        List<byte[]> seeds = List.of(
                Samples.bytes(CODECS.get(0), Samples.PICTURE),
                Samples.bytes(CODECS.get(1), bean),
                Samples.bytes(Samples.codec(Samples.Line.class), new Samples.Line(point, point)),
                Samples.bytes(CODECS.get(3), List.of(point, point, Samples.Colour.RED)));
        int values = 0;
        for (int i = 0; i < 40_000; i++) {
            values += readOrMalformed(CODECS.get(i % 4), mutated(seeds.get(i % 4), random));
        }
        assertThat(values).isPositive();
    }

    @Test
    void randomBytesAreAValueOrMalformed() {
        Random random = new Random(42);
        for (int i = 0; i < 40_000; i++) {
            byte[] bytes = new byte[random.nextInt(48)];
            random.nextBytes(bytes);
            readOrMalformed(CODECS.get(i % CODECS.size()), bytes);
        }
    }

    /** What is read can be written again, unless a reference made a cycle that no sender could have. */
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
        assertThat(second.toByteArray()).isEqualTo(first.toByteArray());
        return 1;
    }

    static void any(byte[] bytes) {
        for (Codec codec : CODECS) {
            readOrMalformed(codec, bytes);
        }
    }

    private static byte[] mutated(byte[] seed, Random random) {
        byte[] bytes = seed.clone();
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes[at] = (byte) "CHMOQUVWZ`apqxyz".charAt(random.nextInt(16));
                default -> {
                    int from = random.nextInt(bytes.length);
                    int length = Math.min(1 + random.nextInt(16), bytes.length - Math.max(at, from));
                    System.arraycopy(seed, from, bytes, at, length);
                }
            }
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }
}
