package io.bowline.rpc.client;

import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.Timer;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.route.RouteTable;
import io.bowline.rpc.route.RoutingBalancer;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes the pickers of a directory, by its balancer and the rules around it, and knows when one is due. Guarded by the
 * directory, but for {@link #routes}, which any thread may read.
 *
 * <p>Up to {@value #FEW} usable providers a picker is made with each change. Beyond, it may lag behind by an eighth of them
 * or {@value #LAG_MILLIS} ms, so that 10,000 connections that open together make some ninety pickers and not 10,000.
 * Nothing depends on its being exact: who is picked and has just gone sends nothing and is picked again, and that makes a
 * picker at once.
 */
final class Pickers {
    private static final int FEW = 64;
    private static final int LAG_PARTS = 8;
    private static final int LAG_MILLIS = 10;

    private final LoadBalancer chosen;
    private final UnaryOperator<LoadBalancer> around;
    private final LoadBalancer balancer;
    private final Timer timer;
    private final Runnable catchUp;

    private volatile Routes routes;

    private LoadBalancer.@Nullable Picker last;
    private int changes;
    private boolean catchingUp;

    /**
     * @param around what stands around each balancer, the chosen one and those that rules name
     * @param catchUp to be run when a picker that lags behind has done so for long enough; calls {@link #caughtUp}
     */
    Pickers(
            ServiceName service,
            LoadBalancer chosen,
            UnaryOperator<LoadBalancer> around,
            Timer timer,
            Runnable catchUp) {
        this.chosen = chosen;
        this.around = around;
        this.balancer = around.apply(chosen);
        this.timer = timer;
        this.catchUp = catchUp;
        this.routes = Routes.none(service);
    }

    /** The rules, as they are obeyed. */
    Routes routes() {
        return routes;
    }

    /** Has rules obeyed by the next picker, which is due now. */
    void obey(RouteTable rules, List<RpcMethod> methods, RoutingBalancer.Refused refused) {
        routes = Routes.of(rules, methods, chosen, around, refused);
        last = null;
        changes++;
    }

    /** Something is otherwise than the last picker has it. */
    void changed() {
        changes++;
    }

    /**
     * Whether to make a picker now. One that may lag behind catches up before long.
     *
     * @param usable how many providers can be called
     * @param exactly whether to make one if anything has changed, whatever that costs
     */
    boolean due(int usable, boolean exactly) {
        return changes > 0 && (exactly || !mayLag(usable));
    }

    private boolean mayLag(int usable) {
        boolean may = usable > FEW && changes < usable / LAG_PARTS;
        if (may && !catchingUp) {
            catchingUp = true;
            timer.schedule(Duration.ofMillis(LAG_MILLIS), catchUp);
        }
        return may;
    }

    void caughtUp() {
        catchingUp = false;
    }

    /** A picker over these; null for nobody. */
    LoadBalancer.@Nullable Picker over(List<RemoteInvoker> usable) {
        changes = 0;
        if (usable.isEmpty()) {
            return null;
        }
        last = routes.over(balancer).over(usable, last);
        return last;
    }

    void close() {
        last = null;
    }
}
