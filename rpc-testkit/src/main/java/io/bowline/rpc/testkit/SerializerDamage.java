package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.WireInput;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/** Reads bytes that are damaged at every place and at random, and watches what that costs. */
final class SerializerDamage {
    private static final int MUTATIONS = 400;
    private static final int MAX_TRUNCATIONS = 600;

    /** A reader may need its buffers and tables, but nothing in the order of what a length on the wire may claim. */
    private static final long MAX_ALLOCATED = 4_000_000;

    private SerializerDamage() {}

    static void check(Codec codec, byte[] bytes) {
        for (int length = 0; length < Math.min(bytes.length, MAX_TRUNCATIONS); length++) {
            read(codec, Arrays.copyOf(bytes, length));
        }
        Random random = new Random(bytes.length);
        for (int i = 0; i < MUTATIONS && bytes.length > 0; i++) {
            read(codec, damaged(bytes, random));
        }
    }

    static void checkRefused(Codec codec, byte[] bytes) {
        assertThat(read(codec, bytes))
                .as("a bomb of %d bytes is refused", bytes.length)
                .isFalse();
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        byte[] damaged = bytes.clone();
        int at = random.nextInt(damaged.length);
        switch (random.nextInt(4)) {
            case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> damaged[at] = (byte) random.nextInt();
            case 2 -> Arrays.fill(damaged, at, Math.min(at + 1 + random.nextInt(8), damaged.length), (byte) 0xff);
            default -> {
                int from = random.nextInt(damaged.length);
                int length = Math.min(damaged.length - Math.max(at, from), 1 + random.nextInt(16));
                System.arraycopy(bytes, from, damaged, at, length);
            }
        }
        return damaged;
    }

    /** Whether the bytes held a value. Anything but a value and a typed error fails the test. */
    private static boolean read(Codec codec, byte[] bytes) {
        long before = allocated();
        boolean value = true;
        try {
            codec.read(new WireInput(bytes));
        } catch (RpcException refused) {
            assertThat(refused.code()).as("%s", refused).isEqualTo(Code.MALFORMED_DATA);
            value = false;
        } catch (Throwable thrown) {
            fail("not a typed error for " + HexFormat.of().formatHex(bytes), thrown);
        }
        if (before >= 0) {
            assertThat(allocated() - before)
                    .as("bytes allocated for %s", HexFormat.of().formatHex(bytes))
                    .isLessThan(MAX_ALLOCATED + 100L * bytes.length);
        }
        return value;
    }

    /** What this thread has allocated; -1 where the JVM does not tell. */
    private static long allocated() {
        return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
                ? threads.getCurrentThreadAllocatedBytes()
                : -1;
    }
}
