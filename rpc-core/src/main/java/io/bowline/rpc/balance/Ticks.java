package io.bowline.rpc.balance;

/**
 * An amount and the time of its last change in one {@code long}, so that both change by one compare-and-set: a float in the
 * upper half, and in the lower half ticks of 2^20 ns (about 1 ms), which wrap after 52 days.
 */
final class Ticks {
    /** How many ticks a reading may lie behind the last change, for threads race, and count as made with it. */
    private static final int CLOCK_RACE = 1 << 16;

    private static final int BITS = 20;

    private Ticks() {}

    /** The tick of a moment. */
    static int at(long nanos) {
        return (int) (nanos >>> BITS);
    }

    /** How many ticks a time takes. */
    static double in(double nanos) {
        return nanos / (1 << BITS);
    }

    static long pack(float amount, int tick) {
        return ((long) Float.floatToRawIntBits(amount) << 32) | Integer.toUnsignedLong(tick);
    }

    static float amount(long state) {
        return Float.intBitsToFloat((int) (state >>> 32));
    }

    /** How many ticks ago the last change was: counted around the wrap, and 0 when a slower thread looks back. */
    static long age(long state, int now) {
        int behind = (int) state - now;
        return behind >= 0 && behind <= CLOCK_RACE ? 0 : Integer.toUnsignedLong(-behind);
    }
}
