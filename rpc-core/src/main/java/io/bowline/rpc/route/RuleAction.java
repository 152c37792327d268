package io.bowline.rpc.route;

import io.bowline.rpc.Metadata;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.balance.LoadBalancer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a rule does: it chooses among providers, blocks calls, or sets something. Those that choose among providers take from what the rules before have left. Where that leaves
 * nobody, an action with fallback leaves the choice as it was, and one without it has the call fail.
 */
public sealed interface RuleAction {
    /** All calls, in a hundred. */
    double ALL = 100;

    /**
     * Only these providers.
     *
     * @param providers who
     * @param percent of the calls, 0 to 100; the others go to the other providers
     * @param by what keeps calls together: {@code @user} is a label of the metadata, {@code 0.userId} an argument; calls
     *     without it belong to the others. Empty: each call is drawn
     * @param fallback whether other providers take the call where these are not there
     */
    record Include(Selector providers, double percent, String by, boolean fallback) implements RuleAction {
        public Include {
            Draw.check(percent, by);
        }

        /** These for all calls, with fallback. */
        public static Include of(Selector providers) {
            return new Include(providers, ALL, "", true);
        }

        /** These for so many in a hundred calls, with fallback. */
        public Include percent(double percent, String by) {
            return new Include(providers, percent, by, fallback);
        }

        /** These or nobody. */
        public Include orNobody() {
            return new Include(providers, percent, by, false);
        }
    }

    /** Not these providers. */
    record Exclude(Selector providers, boolean fallback) implements RuleAction {}

    /**
     * Calls with a tag go to the providers of that tag, and calls without one to the providers without. With fallback, a
     * call whose tag no provider has goes to those without a tag, and where all have one, to all. A tag whose label of the
     * metadata is baggage ({@link io.bowline.rpc.Metadata#BAGGAGE}) makes a lane: it goes on from call to call.
     *
     * @param label of the provider
     * @param metadata label of the call
     */
    record Tag(String label, String metadata, boolean fallback) implements RuleAction {
        public Tag {
            if (label.isBlank() || metadata.isBlank()) {
                throw new IllegalArgumentException(
                        "tag: label '" + label + "', metadata '" + metadata + "' (expected: not blank)");
            }
        }
    }

    /**
     * Other options than those that the client's code set. Where several rules set one, the last stands.
     *
     * @param timeout how long a call may take, all attempts together; null to leave it
     * @param attempts how often to try at most, the first time included; null to leave it
     * @param loadBalancer the {@linkplain LoadBalancer#named name} of a balancer; null to leave it
     */
    record SetOptions(
            @Nullable Duration timeout,
            @Nullable Integer attempts,
            @Nullable String loadBalancer) implements RuleAction {
        private static final int MOST_ATTEMPTS = 100;

        public SetOptions {
            if (timeout == null && attempts == null && loadBalancer == null) {
                throw new IllegalArgumentException("set: nothing (expected: timeout, attempts or loadBalancer)");
            }
            if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
                throw new IllegalArgumentException("timeout: " + timeout + " (expected: > 0)");
            }
            if (attempts != null && (attempts < 1 || attempts > MOST_ATTEMPTS)) {
                throw new IllegalArgumentException("attempts: " + attempts + " (expected: 1 to " + MOST_ATTEMPTS + ")");
            }
            if (loadBalancer != null) {
                check(loadBalancer);
            }
        }

        private static void check(String loadBalancer) {
            try {
                LoadBalancer unused = LoadBalancer.named(loadBalancer);
            } catch (RpcException unknown) {
                throw new IllegalArgumentException("loadBalancer: " + unknown.getMessage(), unknown);
            }
        }
    }

    /**
     * Another weight of these providers than the one that they registered. Where several rules say one, the last stands.
     *
     * @param providers whose
     * @param weight 0 to 10,000; 100 is normal, 0 takes no calls
     */
    record SetWeight(Selector providers, int weight) implements RuleAction {
        private static final int MOST = 10_000;

        public SetWeight {
            if (weight < 0 || weight > MOST) {
                throw new IllegalArgumentException("weight: " + weight + " (expected: 0 to " + MOST + ")");
            }
        }
    }

    /**
     * A copy of calls goes to one of these providers, too, and its answer is thrown away. They take no other calls of the
     * services that the rule is about, whatever its methods and conditions. A copy bears the label {@value #SHADOW}, which
     * goes on with what the provider calls, is sent once, and never to any other provider. Of several such rules for a
     * method, the last stands.
     *
     * @param providers who gets copies
     * @param percent of the calls, 0 to 100
     * @param by what keeps calls together, as for {@link Include}
     * @param most so many copies of a method's calls may be under way; there are none beyond
     */
    record Mirror(Selector providers, double percent, String by, int most) implements RuleAction {
        /** The label of copies: {@code true}. */
        public static final String SHADOW = Metadata.BAGGAGE + "shadow";

        /** Copies under way unless a rule says otherwise. */
        public static final int USUAL = 10;

        private static final int MOST = 10_000;

        public Mirror {
            Draw.check(percent, by);
            if (most < 1 || most > MOST) {
                throw new IllegalArgumentException("most: " + most + " (expected: 1 to " + MOST + ")");
            }
        }

        /** Of all calls. */
        public static Mirror to(Selector providers) {
            return new Mirror(providers, ALL, "", USUAL);
        }
    }

    /**
     * The calls are not sent; they fail as {@code NO_USABLE_PROVIDER}.
     *
     * @param reason what their callers read
     */
    record Block(String reason) implements RuleAction {}
}
