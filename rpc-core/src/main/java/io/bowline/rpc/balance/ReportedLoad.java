package io.bowline.rpc.balance;

/**
 * What a provider last said of its load, for as long as that may still be true. Thread-safe without a lock: value and
 * time are one volatile {@code long}.
 *
 * <p>A report is text from another process: what is no number of percent is taken for none.
 */
public final class ReportedLoad {
    /** A node that is not called any more reports nothing; after so long, it is tried anew. */
    private static final long VALID_NANOS = 5_000_000_000L;

    private static final int PERCENT_BITS = 7;
    private static final long NONE = (1 << PERCENT_BITS) - 1;

    /** The time in the upper bits, the percents in the lower ones. */
    private volatile long state = NONE;

    /** Takes in a report: whole percent, {@code 0} to {@code 100}. */
    public void told(String percent, long nowNanos) {
        int length = percent.length();
        int value = 0;
        for (int i = 0; i < length; i++) {
            int digit = percent.charAt(i) - '0';
            if (digit < 0 || digit > 9 || i > 2) {
                return;
            }
            value = value * 10 + digit;
        }
        if (length > 0 && value <= 100) {
            state = (nowNanos << PERCENT_BITS) | value;
        }
    }

    /** From 0 to 1; 0 while nothing is known. */
    public double current(long nowNanos) {
        long seen = state;
        long percent = seen & NONE;
        if (percent == NONE) {
            return 0;
        }
        // Both times have lost their upper bits; the difference is right for years.
        long age = ((nowNanos << PERCENT_BITS) - (seen & ~NONE)) >> PERCENT_BITS;
        return age > VALID_NANOS ? 0 : percent / 100.0;
    }
}
