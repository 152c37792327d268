package io.bowline.rpc.client;

import io.bowline.rpc.Code;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.Timer;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.balance.Node;
import io.bowline.rpc.route.RoutingBalancer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one call, each at a provider that none before it went to. Thread-safe.
 *
 * <p>The balancer is asked first. One that gives the same answer again, because it is sticky or has few to choose from, is
 * not asked for long: then it is the less busy of two others that rules leave the call, of which none is left out for doing
 * worse. A provider that has just left costs no attempt, nor does one whose gate keeps the call out; then all are asked
 * that rules leave, as for any call.
 */
final class ApartInvoker implements Invoker {
    private static final int PICKS = 3;
    private static final int MOST_STALE_PICKS = 5;

    private final Directory directory;
    private final Timer timer;
    private final AtomicReference<List<Node>> tried = new AtomicReference<>(List.of());

    ApartInvoker(Directory directory, Timer timer) {
        this.directory = directory;
        this.timer = timer;
    }

    @Override
    public CompletionStage<Response> invoke(Request request) {
        return directory.view().picker() == null && tried.get().isEmpty()
                ? WaitingCall.start(directory, timer, request, picker -> attempt(request, 0, null))
                : attempt(request, 0, null);
    }

    /** @param before why the provider that was asked before did not begin the call; null for none */
    private CompletionStage<Response> attempt(Request request, int stalePicks, @Nullable RpcException before) {
        Directory.View view = directory.view();
        Node node = other(view, request);
        if (node == null) {
            return CompletableFuture.failedFuture(before == null ? noneLeft() : before);
        }
        if (RoutingBalancer.isNobody(node)) {
            return directory.mayHope(request)
                    ? WaitingCall.start(directory, timer, request, picker -> attempt(request, stalePicks, before))
                    : node.invoke(request);
        }
        CompletionStage<Response> call = at(node, request, stalePicks);
        return call != null
                ? call
                : Offer.toEach(
                        allowed(view, request),
                        request,
                        timer,
                        next -> claim(next) ? at(next, request, stalePicks) : null);
    }

    private List<RemoteInvoker> allowed(Directory.View view, Request request) {
        return directory.routes().left(request, view.usable()).nodes();
    }

    private RpcException noneLeft() {
        return tried.get().isEmpty()
                ? directory.explain()
                : RpcException.unprocessed(
                        Code.NO_USABLE_PROVIDER,
                        "no provider of " + directory.service() + " is left that this call did not go to");
    }

    /** Null, and the call has not been there, if a gate keeps it out at this node, which was claimed for it. */
    private @Nullable CompletionStage<Response> at(Node node, Request request, int stalePicks) {
        CompletionStage<Response> call =
                node instanceof RemoteInvoker remote ? remote.tryHere(request) : node.invoke(request);
        if (call == null) {
            tried.updateAndGet(
                    all -> all.stream().filter(one -> !one.equals(node)).toList());
            return null;
        }
        return call.exceptionallyCompose(thrown -> {
            RpcException failure = RpcException.from(thrown);
            return stalePicks < MOST_STALE_PICKS && neverSent(failure)
                    ? attempt(request, stalePicks + 1, failure)
                    : CompletableFuture.failedFuture(failure);
        });
    }

    private static boolean neverSent(RpcException failure) {
        return failure.unprocessed()
                && switch (failure.code()) {
                    case CONNECT_FAILED, CONNECTION_LOST, DRAINING -> true;
                    default -> false;
                };
    }

    /** One that no attempt has gone to; who stands for nobody if rules leave the first attempt none; null for none. */
    private @Nullable Node other(Directory.View view, Request request) {
        LoadBalancer.Picker picker = view.picker();
        if (picker == null) {
            return null;
        }
        for (int i = 0; i < PICKS; i++) {
            Node node = picker.pick(request);
            if (RoutingBalancer.isNobody(node)) {
                return tried.get().isEmpty() ? node : null;
            }
            if (claim(node)) {
                return node;
            }
        }
        return lessBusyOther(allowed(view, request));
    }

    private @Nullable Node lessBusyOther(List<RemoteInvoker> nodes) {
        int start = nodes.isEmpty() ? 0 : ThreadLocalRandom.current().nextInt(nodes.size());
        RemoteInvoker found = null;
        for (int i = 0; i < nodes.size(); i++) {
            RemoteInvoker node = nodes.get((start + i) % nodes.size());
            if (node.leftOut() || tried.get().contains(node)) {
                continue;
            }
            if (found != null) {
                RemoteInvoker better = node.inFlight() < found.inFlight() ? node : found;
                return claim(better) ? better : lessBusyOther(nodes);
            }
            found = node;
        }
        return found == null || claim(found) ? found : lessBusyOther(nodes);
    }

    /** Whether no attempt has gone to this node; then one has. */
    private boolean claim(Node node) {
        while (true) {
            List<Node> before = tried.get();
            if (before.contains(node)) {
                return false;
            }
            List<Node> after = new ArrayList<>(before);
            after.add(node);
            if (tried.compareAndSet(before, after)) {
                return true;
            }
        }
    }
}
