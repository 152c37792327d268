package io.bowline.examples.quickstart;

import io.bowline.examples.kit.Parent;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.client.RpcClient;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A consumer: {@code Consumer <registry>}. It calls ten times a second until its standard input ends. */
public final class Consumer {
    private Consumer() {}

    public static void main(String[] args) throws InterruptedException {
        CountDownLatch enough = new CountDownLatch(1);
        Parent.afterIt(enough::countDown);

        Map<String, Integer> answers = new TreeMap<>();
        int calls = 0;
        int failed = 0;
        try (RpcClient client = RpcClient.connect(args[0])) {
            // In turns, to show both; the default prefers the faster. The time is for a busy machine's first call.
            Greeter greeter = client.proxy(
                    Greeter.class,
                    options -> options.loadBalancer(LoadBalancer.roundRobin()).timeout(Duration.ofSeconds(15)));
            while (!enough.await(100, TimeUnit.MILLISECONDS)) {
                calls++;
                long begin = System.nanoTime();
                try {
                    Greeter.Greeting greeting = greeter.hello("World");
                    answers.merge(greeting.provider(), 1, Integer::sum);
                    print(calls, begin, greeting.text() + ", says " + greeting.provider());
                } catch (RpcException failure) {
                    failed++;
                    print(calls, begin, "FAILED " + failure.getMessage());
                }
            }
        }
        System.out.printf("calls %d, failed %d, answered by %s%n", calls, failed, answers);
        System.exit(failed == 0 && calls > 0 ? 0 : 1);
    }

    private static void print(int call, long begin, String outcome) {
        System.out.printf("call %3d  %6.2f ms  %s%n", call, (System.nanoTime() - begin) / 1e6, outcome);
    }
}
