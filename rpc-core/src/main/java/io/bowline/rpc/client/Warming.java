package io.bowline.rpc.client;

import io.bowline.rpc.Timer;
import io.bowline.rpc.client.Roster.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The providers that start slowly: their weights are read anew from time to time. Guarded by the directory. */
final class Warming {
    private static final int STEPS = 20;
    private static final Duration SHORTEST_STEP = Duration.ofMillis(100);

    private final List<Member> members = new ArrayList<>();
    private final Duration slowStart;
    private final Timer timer;
    private final Runnable step;

    /** @param step to be run when weights are to be read anew; calls {@link #goOn} */
    Warming(Duration slowStart, Timer timer, Runnable step) {
        this.slowStart = slowStart;
        this.timer = timer;
        this.step = step;
    }

    /** A provider can be called now; its slow start may begin with that. */
    void look(Member member) {
        if (member.node.beginsToWarmUp()) {
            members.add(member);
            if (members.size() == 1) {
                schedule();
            }
        }
    }

    /** Has another step follow while one of those that are still there warms up. */
    void goOn(Predicate<Member> there) {
        members.removeIf(member -> !there.test(member) || !member.node.warmsUp());
        if (!members.isEmpty()) {
            schedule();
        }
    }

    private void schedule() {
        Duration pause = slowStart.dividedBy(STEPS);
        timer.schedule(pause.compareTo(SHORTEST_STEP) < 0 ? SHORTEST_STEP : pause, step);
    }

    void clear() {
        members.clear();
    }
}
