package io.bowline.rpc.client;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What is known of one provider as one among others. Thread-safe but for the ejection, which the directory guards. */
final class OutlierRecord {
    /** Failures since the last success; written only while there are some. */
    final AtomicInteger inRow = new AtomicInteger();

    /** Null where nobody is compared. */
    final @Nullable Counts counts;

    /** Whether it is left out; changed only by whom the directory lets. */
    volatile boolean ejected;

    /** Guarded by the directory, as what follows: until when it is, or was, left out. */
    long untilNanos;

    /** How often it was ejected, less the intervals without. */
    int times;

    /** Calls of this interval that tell something of the provider, the failed ones among them, and their time. */
    static final class Counts {
        final LongAdder calls = new LongAdder();
        final LongAdder failed = new LongAdder();
        final LongAdder nanos = new LongAdder();

        void ended(long tookNanos, boolean bad) {
            calls.increment();
            nanos.add(tookNanos);
            if (bad) {
                failed.increment();
            }
        }
    }

    OutlierRecord(boolean compared) {
        counts = compared ? new Counts() : null;
    }

    /** A call had an answer. */
    void answered(long tookNanos) {
        if (counts != null) {
            counts.ended(tookNanos, false);
        }
        if (inRow.get() != 0) {
            inRow.set(0);
        }
    }
}
