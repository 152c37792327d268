package io.bowline.rpc.client;

import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Timer;
import io.bowline.rpc.filter.DeadlineFilter;
import io.bowline.rpc.filter.RetryBudget;
import io.bowline.rpc.filter.RetryFilter;
import io.bowline.rpc.filter.RetryPolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * The client on one page: what stands between the proxy and the connection, and why in this order. Everything is
 * assembled here, once for each method, when a proxy is made; a call only walks through.
 *
 * @param filters the user's
 * @param budget the client's one budget of retries
 */
record ClientStack(List<Filter> filters, RetryBudget budget, Timer timer) {
    /** From the proxy's door inwards; the directory's balancer is the last room that is the client's alone. */
    Invoker assemble(EffectiveOptions options, Directory directory) {
        List<Filter> rooms = new ArrayList<>();
        // The user's filters come first: they see one call, as the user does, however many attempts it takes.
        rooms.addAll(filters);
        // The deadline was set at the door, once, and is shared by all attempts; what is already late is not sent.
        rooms.add(new DeadlineFilter(timer, "not sent"));
        // Retries stand above the balancer, so that each attempt picks a provider anew.
        if (options.retry().value().maxAttempts() > RetryPolicy.NONE.maxAttempts()) {
            rooms.add(new RetryFilter(options.retry().value(), budget, timer));
        }
        // Then the balancer; the node that it picks is an invoker, too, and writes to a connection.
        return Filter.chain(rooms, new BalancingInvoker(directory, timer));
    }
}
