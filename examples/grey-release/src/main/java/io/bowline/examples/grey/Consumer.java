package io.bowline.examples.grey;

import io.bowline.examples.kit.Parent;
import io.bowline.rpc.CallContext;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.route.FileRuleSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A consumer: {@code Consumer <registry> <file of rules>}. In each round every one of {@value #USERS} users and {@value
 * #TESTERS} testers asks once; it tells who was answered by which build, until its standard input ends.
 */
public final class Consumer {
    /** How many users ask in a round. */
    static final int USERS = 200;

    /** How many testers ask in a round. */
    static final int TESTERS = 20;

    private final Prices prices;

    /** Who was answered by the grey build in the round before. */
    private BitSet before = new BitSet();

    private int failed;

    private Consumer(Prices prices) {
        this.prices = prices;
    }

    public static void main(String[] args) throws InterruptedException {
        CountDownLatch enough = new CountDownLatch(1);
        Parent.afterIt(enough::countDown);
        try (FileRuleSource rules = FileRuleSource.watching(Path.of(args[1]));
                RpcClient client = RpcClient.builder()
                        .registry(args[0])
                        .rules(rules)
                        .timeout(Duration.ofSeconds(15)) // for a busy machine's first call
                        .build()) {
            Consumer consumer = new Consumer(client.proxy(Prices.class));
            int round = 0;
            do {
                consumer.playRound(++round);
            } while (!enough.await(50, TimeUnit.MILLISECONDS));
            System.out.printf("calls %d, failed %d%n", round * (USERS + TESTERS), consumer.failed);
            System.exit(consumer.failed == 0 ? 0 : 1);
        }
    }

    private void playRound(int round) {
        BitSet users = new BitSet();
        for (int user = 0; user < USERS; user++) {
            users.set(user, isGreyFor("user", "user-" + user));
        }
        int testers = 0;
        for (int tester = 0; tester < TESTERS; tester++) {
            testers += isGreyFor("baggage.tester", "tester-" + tester) ? 1 : 0;
        }
        System.out.printf(
                "round %d: grey for %d users (%d came, %d went), %d testers%n",
                round, users.cardinality(), without(users, before), without(before, users), testers);
        before = users;
    }

    private static int without(BitSet some, BitSet others) {
        BitSet rest = (BitSet) some.clone();
        rest.andNot(others);
        return rest.cardinality();
    }

    /** Asks as this user; whether the grey build answered. */
    private boolean isGreyFor(String label, String who) {
        try {
            Prices.Price price = CallContext.current().sending(label, who).call(() -> prices.price("tea"));
            return price.build().equals("grey");
        } catch (RpcException failure) {
            failed++;
            System.out.println("FAILED " + failure.getMessage());
            return false;
        }
    }
}
