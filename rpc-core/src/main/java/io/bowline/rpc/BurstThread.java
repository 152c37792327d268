package io.bowline.rpc;

/** A thread that hands over tasks and answers in bursts, as an I/O thread does that reads many messages at once. */
public interface BurstThread {
    /** The thread's own; called on this thread only. */
    Burst burst();
}
