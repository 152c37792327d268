package io.bowline.rpc.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.client.RpcClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Orders, which must not be run twice, while providers are killed without goodbye and started anew, one after the other. The
 * checker holds what callers saw against what providers noted, order by order. {@code -Dbowline.kill.orders=1000000} runs
 * the whole million; the ordinary run is shorter.
 */
class KillTest {
    private static final long ORDERS = Long.getLong("bowline.kill.orders", 30_000);
    private static final int CALLERS = 16;

    /** So many orders are placed between a start and the next kill. */
    private static final int BETWEEN_KILLS = 1_000;

    /** What a call may end with whose provider was killed. */
    private static final Set<Code> EXPECTED =
            Set.of(Code.CONNECTION_LOST, Code.CONNECT_FAILED, Code.NO_USABLE_PROVIDER, Code.DEADLINE_EXCEEDED);

    @TempDir
    Path folder;

    private final Map<Long, RpcException> failed = new ConcurrentHashMap<>();
    private final AtomicLong next = new AtomicLong();

    @Test
    void noOrderIsRunTwiceAndNoneThatWasAnsweredIsMissing() throws Exception {
        try (WorkProcess one = WorkProcess.start(folder, 0, 0);
                WorkProcess two = WorkProcess.start(folder, 1, 0);
                WorkProcess three = WorkProcess.start(folder, 2, 0);
                RpcClient client = GovernanceTest.client(one, two, three)) {
            List<WorkProcess> processes = List.of(one, two, three);
            List<Thread> callers = callers(client.proxy(Work.class));
            int kills = 0;
            while (next.get() < ORDERS) {
                long until = Math.min(next.get() + BETWEEN_KILLS, ORDERS);
                await().pollInterval(Duration.ofMillis(1)).until(() -> next.get() >= until);
                processes.get(kills % 3).killAndRestart();
                kills++;
            }
            for (Thread caller : callers) {
                caller.join();
            }
            Map<Long, Integer> runs = new HashMap<>();
            for (WorkProcess process : processes) {
                process.orders().forEach(id -> runs.merge(id, 1, Integer::sum));
            }
            check(runs, kills);
        }
    }

    private List<Thread> callers(Work work) {
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            Thread caller = new Thread(() -> {
                for (long id = next.getAndIncrement(); id < ORDERS; id = next.getAndIncrement()) {
                    try {
                        work.order(id);
                    } catch (RpcException lost) {
                        failed.put(id, lost);
                    }
                }
            });
            caller.setDaemon(true);
            caller.start();
            callers.add(caller);
        }
        return callers;
    }

    private void check(Map<Long, Integer> runs, int kills) {
        assertThat(kills).as("kills").isGreaterThan(0);
        for (long id = 0; id < ORDERS; id++) {
            int times = runs.getOrDefault(id, 0);
            RpcException failure = failed.get(id);
            if (failure == null) {
                assertThat(times).as("runs of order %d, which was answered", id).isEqualTo(1);
            } else {
                assertThat(failure.code()).as("failure of order %d", id).isIn(EXPECTED);
                // What is said to be unprocessed was not run; of the others, nobody can tell, but not twice.
                assertThat(times)
                        .as("runs of order %d: %s", id, failure)
                        .isLessThanOrEqualTo(failure.unprocessed() ? 0 : 1);
            }
        }
        assertThat(runs).as("orders that nobody placed").hasSizeLessThanOrEqualTo((int) ORDERS);
    }
}
