package io.bowline.rpc.route;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.balance.Node;
import java.util.concurrent.CompletionStage;

/** Who is picked where a rule leaves nobody. Immutable. */
final class RefusingNode implements Node, LoadBalancer.Picker {
    private static final Address NOWHERE = new Address("nobody", 0);

    private final Step step;
    private final int before;
    private final RoutingBalancer.Refused refused;

    /** @param before how many providers there were before the rule */
    RefusingNode(Step step, int before, RoutingBalancer.Refused refused) {
        this.step = step;
        this.before = before;
        this.refused = refused;
    }

    @Override
    public Node pick(Request request) {
        return this;
    }

    @Override
    public CompletionStage<Response> invoke(Request request) {
        return refused.answer(
                request, RpcException.unprocessed(Code.NO_USABLE_PROVIDER, step.refusal(request.method(), before)));
    }

    @Override
    public Address address() {
        return NOWHERE;
    }

    @Override
    public int weight() {
        return 1;
    }

    @Override
    public int inFlight() {
        return 0;
    }

    @Override
    public long latencyNanos() {
        return 0;
    }
}
