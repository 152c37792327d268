package io.bowline.rpc;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The providers of one reference as one invoker: each call goes to the one that a balancer picks. Who stands right above
 * it may ask for more than one pick, and gets invokers again. Thread-safe.
 */
public interface Providers extends Invoker {
    /**
     * An invoker for the attempts of one call, to be made anew for each call: every attempt picks, and goes to a provider
     * that none before it went to. When no other is left, an attempt fails with {@code NO_USABLE_PROVIDER}, unprocessed.
     * Thread-safe.
     */
    Invoker apart();

    /**
     * An invoker for each provider, which calls that one and nobody else: for all that the registries name and rules leave the
     * request, whether they can be reached or not, in the order of their addresses. Those whose weight is 0 are left out: they
     * are to have no calls.
     *
     * @param request waits for the first provider as a call would, and fails as a call would where there is none
     */
    CompletionStage<List<Invoker>> each(Request request);

    /** What stands right behind a filter that needs providers to choose from; fails where that is something else. */
    static Providers behind(Filter filter, Invoker next) {
        if (next instanceof Providers providers) {
            return providers;
        }
        throw RpcException.of(
                Code.INVALID_CONFIGURATION,
                filter.getClass().getSimpleName() + " stands above " + next
                        + " (expected: right above the balancer; give it to a client, a reference or a method as a"
                        + " strategy)");
    }
}
