package io.bowline.rpc;

/**
 * A thread that hands over tasks in bursts, as an I/O thread does that reads many messages at once. Who takes the tasks
 * can wait for the end of the burst before it wakes anybody.
 */
public interface BurstThread {
    /**
     * Runs something at the end of the burst that is under way, once, however often it is asked for. Called on this thread
     * only.
     *
     * @return false if no burst is under way; nothing is run then
     */
    boolean atEnd(Runnable once);
}
