package io.bowline.rpc.testkit;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values without a contract, made from a seed: what a generic call may carry. Used by one thread. */
final class SerializerRandom {
    private final Random random;

    SerializerRandom(long seed) {
        random = new Random(seed);
    }

    /** A value of at most {@code depth} levels. */
    @Nullable
    Object next(int depth) {
        int kind = random.nextInt(depth > 0 ? 16 : 13);
        return switch (kind) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt() >> random.nextInt(32);
            case 3 -> random.nextLong() >> random.nextInt(64);
            case 4 -> Double.longBitsToDouble(random.nextLong());
            case 5 -> (short) random.nextInt();
            case 6 -> (byte) random.nextInt();
            case 7 -> new BigDecimal(new BigInteger(random.nextInt(200), random), random.nextInt(60) - 30);
            case 8 -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
            case 9 -> new UUID(random.nextLong(), random.nextLong());
            case 10 -> Float.intBitsToFloat(random.nextInt());
            case 11, 12 -> text();
            case 13 -> list(depth - 1);
            case 14 -> map(depth - 1);
            default -> list(depth - 1).toArray();
        };
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(20);
        int widest = random.nextBoolean() ? 0x7f : random.nextBoolean() ? 0xd7ff : 0xfffff;
        while (text.length() < length) {
            int point = random.nextInt(widest + 1);
            text.appendCodePoint(point >= 0xd800 && point < 0xe000 ? 'x' : point);
        }
        return text.toString();
    }

    private List<@Nullable Object> list(int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int left = random.nextInt(6); left > 0; left--) {
            list.add(next(depth));
        }
        return list;
    }

    private Map<String, @Nullable Object> map(int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int left = random.nextInt(6); left > 0; left--) {
            map.put(text(), next(depth));
        }
        return map;
    }
}
