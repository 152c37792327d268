package io.bowline.rpc.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.Address;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.client.RpcClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a client with nothing set does with providers in processes of their own, some of them bad. */
@Timeout(120)
class GovernanceTest {
    private static final int CALLERS = 16;

    /** Where failures are counted, beside the answers of three processes. */
    private static final int FAILURES = 3;

    /** What the retry budget grants at once, on top of its tenth. */
    private static final int ADVANCE = 10;

    @TempDir
    Path folder;

    @Test
    void aProviderThatIsTwentyTimesSlowerGetsLittle() throws Exception {
        try (WorkProcess one = WorkProcess.start(folder, 0, 10);
                WorkProcess two = WorkProcess.start(folder, 1, 10);
                WorkProcess slow = WorkProcess.start(folder, 2, 200);
                RpcClient client = client(one, two, slow)) {
            Work work = client.proxy(Work.class);
            ask(work, 100); // Until it is known who is slow.
            AtomicIntegerArray answers = ask(work, 300);
            int calls = CALLERS * 300;
            // A tenth is what is promised; with a hundredth, the slowest of a hundred answers is a healthy provider's.
            assertThat(answers.get(2)).isLessThanOrEqualTo(calls / 100);
            assertThat(answers.get(0)).isGreaterThan(calls / 4);
            assertThat(answers.get(1)).isGreaterThan(calls / 4);
        }
    }

    @Test
    void aProviderThatRefusesAtOnceGetsNearlyNothing() throws Exception {
        try (WorkProcess one = WorkProcess.start(folder, 0, 2);
                WorkProcess two = WorkProcess.start(folder, 1, 2);
                WorkProcess refusing = WorkProcess.refusing(folder, 2);
                RpcClient client = client(one, two, refusing)) {
            int calls = CALLERS * 500;
            AtomicIntegerArray answers = ask(client.proxy(Work.class), 500);
            assertThat(asked(refusing)).isPositive().isLessThan(calls / 50);
            // It is found out with the first calls, which are tried elsewhere as far as the budget goes.
            assertThat(answers.get(FAILURES)).isLessThan(calls / 50);
            assertThat(answers.get(0) + answers.get(1) + answers.get(FAILURES)).isEqualTo(calls);
        }
    }

    @Test
    void whereAllFailRetriesAddATenth() throws Exception {
        try (WorkProcess one = WorkProcess.refusing(folder, 0);
                WorkProcess two = WorkProcess.refusing(folder, 1);
                WorkProcess three = WorkProcess.refusing(folder, 2);
                RpcClient client = client(one, two, three)) {
            int calls = CALLERS * 200;
            assertThat(ask(client.proxy(Work.class), 200).get(FAILURES)).isEqualTo(calls);
            int attempts = 0;
            for (WorkProcess process : List.of(one, two, three)) {
                attempts += asked(process);
            }
            assertThat(attempts).isGreaterThan(calls).isLessThanOrEqualTo(calls * 11 / 10 + ADVANCE);
        }
    }

    @Test
    void inAChainThatFailsAtItsEndRetriesDoNotMultiply() throws Exception {
        try (WorkProcess end = WorkProcess.refusing(folder, 2);
                WorkProcess middle = asking(1, end);
                WorkProcess front = asking(0, middle);
                RpcClient client = client(front)) {
            int calls = CALLERS * 200;
            assertThat(ask(client.proxy(Work.class), 200).get(FAILURES)).isEqualTo(calls);
            int attempts = asked(front) + asked(middle) + asked(end);
            assertThat(attempts).isLessThanOrEqualTo(calls * 3 * 12 / 10);
            assertThat(asked(end)).isLessThanOrEqualTo(calls * 12 / 10);
        }
    }

    private WorkProcess asking(int number, WorkProcess next) throws Exception {
        return WorkProcess.start(
                folder.resolve(number + ".journal"),
                List.of("" + number, "0", "works"),
                next.address().toString());
    }

    private static int asked(WorkProcess process) {
        try (RpcClient client = client(process)) {
            return client.proxy(Work.class).asked();
        }
    }

    static RpcClient client(WorkProcess... processes) {
        List<Address> addresses = new ArrayList<>();
        for (WorkProcess process : processes) {
            addresses.add(process.address());
        }
        return RpcClient.builder().addresses(addresses.toArray(Address[]::new)).build();
    }

    /** So many questions by each of the callers; how many each process answered, and how many calls failed. */
    private static AtomicIntegerArray ask(Work work, int each) throws InterruptedException {
        AtomicIntegerArray answers = new AtomicIntegerArray(FAILURES + 1);
        callers(each, () -> {
            int answer;
            try {
                answer = work.ask();
            } catch (RpcException failed) {
                answer = FAILURES;
            }
            answers.incrementAndGet(answer);
        });
        return answers;
    }

    private static void callers(int each, Runnable call) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            Thread thread = new Thread(() -> {
                for (int n = 0; n < each; n++) {
                    call.run();
                }
            });
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
