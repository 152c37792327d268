package io.bowline.rpc.resilience4j;

import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcMethod;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls pass through semaphore bulkheads of resilience4j. What finds no room fails as {@code OVERLOADED} and was certainly not
 * begun. A call holds its place until it ends, however it ends, or until its caller gives it up. It never waits for a
 * place: a bulkhead whose {@code maxWaitDuration} was set to more than zero fails calls with {@code
 * INVALID_CONFIGURATION}. Immutable and thread-safe.
 */
public final class BulkheadFilter implements Filter {
    private final Function<String, Bulkhead> bulkheads;
    private final InstanceNames names;

    private BulkheadFilter(Function<String, Bulkhead> bulkheads, InstanceNames names) {
        this.bulkheads = bulkheads;
        this.names = names;
    }

    /** Bulkheads of a registry, one for each method; the registry makes what it does not have by its default. */
    public static BulkheadFilter of(BulkheadRegistry registry) {
        return new BulkheadFilter(registry::bulkhead, InstanceNames.perMethod());
    }

    /** One bulkhead for all calls. */
    public static BulkheadFilter of(Bulkhead bulkhead) {
        return new BulkheadFilter(name -> bulkhead, InstanceNames.perMethod());
    }

    /** The same, with bulkheads of other names; methods whose name is null pass none. */
    public BulkheadFilter named(InstanceNames names) {
        return new BulkheadFilter(bulkheads, names);
    }

    @Override
    public CompletionStage<Response> apply(Request request, Invoker next) {
        return before(next).invoke(request);
    }

    @Override
    public Invoker before(Invoker next) {
        return new GuardedCalls(next, this::guard);
    }

    private @Nullable Guard guard(RpcMethod method) {
        String name = names.of(method);
        return name == null ? null : new BulkheadGuard(bulkheads.apply(name));
    }
}
