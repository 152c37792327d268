package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.wire.Compression;
import io.bowline.rpc.wire.WireOutput;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link Compression} owes. A new one is done when its subclass of this is green. */
public abstract class CompressionContract {
    private static final int FRAME = 7;

    /** The one under test; asked for once a test. */
    protected abstract Compression compression();

    /** Bodies of many lengths: text, zeros, and what cannot be made smaller. */
    static Stream<byte[]> bodies() {
        return IntStream.of(1, 2, 100, 4_095, 65_536, 300_001)
                .boxed()
                .flatMap(length -> Stream.of(text(length), new byte[length], noise(length)));
    }

    private static byte[] text(int length) {
        byte[] text = new byte[length];
        Random random = new Random(length);
        for (int i = 0; i < length; i++) {
            text[i] = (byte) ("customer order item ".charAt(i % 20) + (random.nextInt(20) == 0 ? 1 : 0));
        }
        return text;
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        return noise;
    }

    private static byte[] compressed(Compression compression, byte[] body) {
        WireOutput out = new WireOutput();
        compression.compress(body, body.length, out);
        return out.toByteArray();
    }

    /** The bytes that come out, or null where the compressed form is refused. Nothing but an exception may be thrown. */
    private static byte @Nullable [] decompressed(Compression compression, byte[] compressed, int size) {
        byte[] target = new byte[size];
        try {
            int count = compression.decompress(compressed, 0, compressed.length, target);
            return count == size ? target : null;
        } catch (RuntimeException refused) {
            return null;
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aBodyComesBackAsItWas(byte[] body) {
        Compression compression = compression();
        assertThat(decompressed(compression, compressed(compression, body), body.length))
                .isEqualTo(body);
    }

    @Test
    void textBecomesSmaller() {
        byte[] text = text(65_536);
        assertThat(compressed(compression(), text).length).isLessThan(text.length / 2);
    }

    @Test
    void itWritesBehindWhatIsThereAndReadsFromTheMiddleOfAnArray() {
        byte[] body = text(5_000);
        WireOutput out = new WireOutput();
        out.write(new byte[FRAME]);
        compression().compress(Arrays.copyOf(body, 6_000), body.length, out);
        int length = out.size() - FRAME;
        out.write(new byte[FRAME]);
        byte[] target = new byte[body.length];
        assertThat(out.toByteArray()).startsWith(new byte[FRAME]);
        assertThat(compression().decompress(out.toByteArray(), FRAME, length, target))
                .isEqualTo(body.length);
        assertThat(target).isEqualTo(body);
    }

    @Test
    void whatIsLongerThanWasSaidIsRefused() {
        Compression compression = compression();
        byte[] bomb = compressed(compression, new byte[1 << 20]);
        for (int said : new int[] {0, 1, 1_000, (1 << 20) - 1}) {
            assertThat(decompressed(compression, bomb, said)).isNull();
        }
    }

    @Test
    void whatIsShorterThanWasSaidIsRefused() {
        Compression compression = compression();
        assertThat(decompressed(compression, compressed(compression, text(1_000)), 1_001))
                .isNull();
    }

    @Test
    void whatIsCutOffIsRefused() {
        Compression compression = compression();
        byte[] whole = compressed(compression, text(1_000));
        for (int length = 0; length < whole.length; length++) {
            assertThat(decompressed(compression, Arrays.copyOf(whole, length), 1_000))
                    .as("%s of %s bytes", length, whole.length)
                    .isNull();
        }
    }

    @Test
    void whatIsDamagedHarmsNothing() {
        Compression compression = compression();
        byte[] whole = compressed(compression, text(2_000));
        Random random = new Random(5);
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i <= round % 4; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            byte @Nullable [] body = decompressed(compression, damaged, 2_000);
            assertThat(body == null || body.length == 2_000).isTrue();
        }
    }

    @Test
    void threadsShareIt() {
        Compression compression = compression();
        assertThat(IntStream.range(0, 400)
                        .parallel()
                        .filter(i -> {
                            byte[] body = text(1_000 + i);
                            return Arrays.equals(
                                    body, decompressed(compression, compressed(compression, body), body.length));
                        })
                        .count())
                .isEqualTo(400);
    }
}
