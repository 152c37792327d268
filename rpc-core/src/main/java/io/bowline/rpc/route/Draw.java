package io.bowline.rpc.route;

import io.bowline.rpc.Request;
import io.bowline.rpc.balance.Hashing;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/** Chooses some in a hundred calls. */
final class Draw {
    private static final double PARTS = 1 << 30;

    private Draw() {}

    /**
     * Without a key, each call is drawn. With one, who is among five in a hundred is also among ten; and each rule deals
     * its own cards.
     */
    static Predicate<Request> of(String rule, double percent, String by) {
        long below = Math.round(percent / RuleAction.ALL * PARTS);
        if (by.isEmpty()) {
            return request -> ThreadLocalRandom.current().nextInt((int) PARTS) < below;
        }
        CallValue value = CallValue.parse(by);
        long salt = (long) rule.hashCode() << 32;
        return request -> {
            String key = Match.text(value.of(request));
            return key != null && (Hashing.mix(key.hashCode() + salt) >>> 34) < below;
        };
    }

    /** Fails for what is no percentage or no key. */
    static void check(double percent, String by) {
        if (!(percent >= 0 && percent <= RuleAction.ALL)) {
            throw new IllegalArgumentException("percent: " + percent + " (expected: 0 to 100)");
        }
        if (!by.isEmpty()) {
            CallValue.parse(by);
        }
    }
}
