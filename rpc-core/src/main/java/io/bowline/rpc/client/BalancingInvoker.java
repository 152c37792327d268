package io.bowline.rpc.client;

import io.bowline.rpc.Invoker;
import io.bowline.rpc.Providers;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.Timer;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.balance.Node;
import io.bowline.rpc.route.RouteTable;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Picks a provider for each call: one volatile read, one pick, and the call is the provider's. Thread-safe. */
final class BalancingInvoker implements Providers {
    private static final Comparator<Node> BY_ADDRESS = Comparator.<Node, String>comparing(
                    node -> node.address().host())
            .thenComparingInt(node -> node.address().port());

    private final Directory directory;
    private final Timer timer;

    BalancingInvoker(Directory directory, Timer timer) {
        this.directory = directory;
        this.timer = timer;
    }

    @Override
    public CompletionStage<Response> invoke(Request request) {
        LoadBalancer.Picker picker = directory.view().picker();
        return picker != null ? picker.pick(request).invoke(request) : WaitingCall.start(directory, timer, request);
    }

    @Override
    public Invoker apart() {
        return new ApartInvoker(directory, timer);
    }

    @Override
    public CompletionStage<List<Invoker>> each(Request request) {
        return WaitingCall.startForAll(directory, timer, request, picker -> known(request));
    }

    private CompletionStage<List<Invoker>> known(Request request) {
        List<RemoteInvoker> all = directory.nodes().stream()
                .filter(node -> node.instance().weight() > 0)
                .toList();
        RouteTable.Left<RemoteInvoker> left = directory.routes().left(request, all);
        if (left.nodes().isEmpty()) {
            return CompletableFuture.failedFuture(all.isEmpty() ? directory.explain() : left.failure());
        }
        return CompletableFuture.completedFuture(left.nodes().stream()
                .sorted(BY_ADDRESS)
                .map(node -> (Invoker) new PinnedInvoker(node, timer))
                .toList());
    }
}
