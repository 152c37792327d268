package io.bowline.rpc.client;

import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.Timer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A call that the provider that was picked keeps out: it is offered to one after the other, until one takes it. */
@FunctionalInterface
interface Offer {
    /** The call, if the node takes it; null, and nothing happened, if it does not. */
    @Nullable
    CompletionStage<Response> to(RemoteInvoker node);

    /** Begins anywhere among the nodes, and comes to those that are left out as the last; fails when none takes it. */
    static CompletionStage<Response> toEach(List<RemoteInvoker> nodes, Request request, Timer timer, Offer offer) {
        int start = nodes.isEmpty() ? 0 : ThreadLocalRandom.current().nextInt(nodes.size());
        for (boolean any : new boolean[] {false, true}) {
            for (int i = 0; i < nodes.size(); i++) {
                RemoteInvoker node = nodes.get((start + i) % nodes.size());
                CompletionStage<Response> call = any || !node.leftOut() ? offer.to(node) : null;
                if (call != null) {
                    return call;
                }
            }
        }
        return CompletableFuture.failedFuture(Explanation.refused(request.method(), nodes, timer.nanoTime()));
    }
}
