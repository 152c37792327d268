package io.bowline.rpc.client;

import io.bowline.rpc.CallReport;
import io.bowline.rpc.Request;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.route.RouteTable;
import io.bowline.rpc.route.RoutingBalancer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one reference, as its directory obeys them. Immutable; another one stands in its place when rules change.
 *
 * @param table the rules
 * @param balancer obeys those that choose among providers; null if none does
 */
record Routes(RouteTable table, @Nullable RoutingBalancer balancer) {
    /** No rules. */
    static Routes none(ServiceName service) {
        return new Routes(new RouteTable(service, List.of()), null);
    }

    /**
     * Makes rules ready for a directory.
     *
     * @param around what the directory puts around each balancer
     */
    static Routes of(
            RouteTable table,
            List<RpcMethod> methods,
            LoadBalancer chosen,
            UnaryOperator<LoadBalancer> around,
            RoutingBalancer.Refused refused) {
        if (!table.routes()) {
            return new Routes(table, null);
        }
        return new Routes(
                table,
                new RoutingBalancer(
                        table, methods, around.apply(chosen), name -> around.apply(LoadBalancer.named(name)), refused));
    }

    /** The balancer of the directory, whose own it is without rules. */
    LoadBalancer over(LoadBalancer own) {
        return balancer == null ? own : balancer;
    }

    /** Whether a picker finds nobody whom the rules leave the request. */
    boolean nobody(LoadBalancer.Picker picker, Request request) {
        return balancer != null && RoutingBalancer.isNobody(picker.pick(request));
    }

    /** Whether the rules leave the request one of these. */
    boolean leave(Request request, List<RemoteInvoker> nodes) {
        return balancer != null && !balancer.refuses(request, nodes);
    }

    /** What the rules leave the request of these. */
    RouteTable.Left<RemoteInvoker> left(Request request, List<RemoteInvoker> nodes) {
        return left(request, nodes, route -> {});
    }

    /** The same; {@code seen} is told what each rule leaves. */
    RouteTable.Left<RemoteInvoker> left(Request request, List<RemoteInvoker> nodes, Consumer<CallReport.Route> seen) {
        return balancer == null ? RouteTable.Left.all(nodes) : table.left(request, nodes, seen);
    }

    /** The instance with the weight that the rules say. */
    Instance weighed(Instance instance) {
        int weight = table.weight(
                instance.weight(), instance.address(), name -> instance.labels().getOrDefault(name, ""));
        return weight == instance.weight() ? instance : instance.withWeight(weight);
    }
}
