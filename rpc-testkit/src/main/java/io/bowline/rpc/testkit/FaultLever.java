package io.bowline.rpc.testkit;

/** The faults of one direction at this moment. Its lock guards them, and wakes those whom a black hole holds. */
final class FaultLever {
    private FaultLine faults = FaultLine.GOOD;

    synchronized FaultLine faults() {
        return faults;
    }

    synchronized void set(FaultLine changed) {
        faults = changed;
        notifyAll();
    }

    /** Waits while there is a black hole; returns the faults that hold then. */
    synchronized FaultLine awaitWay() throws InterruptedException {
        while (faults.blackHole()) {
            wait();
        }
        return faults;
    }
}
