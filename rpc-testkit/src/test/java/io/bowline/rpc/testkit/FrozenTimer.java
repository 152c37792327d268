package io.bowline.rpc.testkit;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Timer;
import java.time.Duration;

/** A clock that stands while its alarms ring in real time: what a budget grants by the second is granted once. */
final class FrozenTimer implements Timer {
    private final long now = System.nanoTime();

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public Cancellation.Registration schedule(Duration delay, Runnable task) {
        return Timer.system().schedule(delay, task);
    }
}
