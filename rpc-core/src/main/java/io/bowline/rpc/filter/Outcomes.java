package io.bowline.rpc.filter;

/** The outcomes of calls in a sliding window. Thread-safe without locks; nothing is allocated after construction. */
interface Outcomes {
    /** One call has ended. */
    void add(boolean failed, boolean slow, long nowNanos);

    /** What the window holds now. */
    Count count(long nowNanos);

    /** Figures of a window; those of calls that race with the reading may be missing. */
    record Count(long calls, long failed, long slow) {}
}
