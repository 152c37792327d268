package io.bowline.rpc.sentinel;

import com.alibaba.csp.sentinel.EntryType;
import io.bowline.rpc.Code;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.filter.CircuitBreakerPolicy;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls are resources of Sentinel: its rules decide which may begin, and it counts how they end. What a flow, degrade,
 * param-flow or system rule keeps out fails as {@code OVERLOADED}, what an authority rule keeps out as {@code
 * PERMISSION_DENIED}; both were certainly not begun.
 *
 * <p>A call enters its service's resource and then its method's, by Sentinel's asynchronous entries, and leaves both on
 * whichever thread ends it. Sentinel may make a call wait: where a rule paces calls ({@code controlBehavior} 2 or 3, with
 * a queueing time), it blocks the thread that the call is on for up to that time, on a server a handler, on a client the
 * caller's own, even that of an asynchronous call. It never blocks an I/O thread: there such a call fails with {@code
 * BLOCKING_CALL}.
 *
 * <p>Sentinel's rules and figures belong to the process. Immutable and thread-safe.
 */
public final class SentinelFilter implements Filter {
    /** The label that tells a server the application of the caller. It is what the caller says, and no proof. */
    public static final String APPLICATION = "bowline-application";

    /** One for the process, as Sentinel's figures are. */
    private static final Origins ORIGINS = new Origins();

    private final EntryType side;
    private final ResourceNames names;
    private final Set<Code> failures;
    private final Function<Request, @Nullable String> origin;
    private final String application;

    private SentinelFilter(
            EntryType side,
            ResourceNames names,
            Set<Code> failures,
            Function<Request, @Nullable String> origin,
            String application) {
        this.side = side;
        this.names = names;
        this.failures = failures;
        this.origin = origin;
        this.application = application;
    }

    /** For a client: outbound calls. */
    public static SentinelFilter client() {
        return client("");
    }

    /**
     * For a client that tells servers its application's name, which their rules know as origin ({@code limitApp}).
     *
     * @param application the name; at most 64 characters, or servers count it among others
     */
    public static SentinelFilter client(String application) {
        return new SentinelFilter(
                EntryType.OUT, ResourceNames.DUBBO, CircuitBreakerPolicy.TROUBLE, request -> "", application);
    }

    /** For a server: inbound calls, of the origin that the caller's {@link #APPLICATION} label tells. */
    public static SentinelFilter server() {
        return new SentinelFilter(
                EntryType.IN,
                ResourceNames.DUBBO,
                CircuitBreakerPolicy.TROUBLE,
                request -> request.metadata().get(APPLICATION),
                "");
    }

    /** The same, with resources of other names. */
    public SentinelFilter named(ResourceNames names) {
        return new SentinelFilter(side, names, failures, origin, application);
    }

    /**
     * The same, telling Sentinel these codes as exceptions, by which degrade rules count. By default they are {@linkplain
     * CircuitBreakerPolicy#TROUBLE those} of a provider in trouble; with {@code APPLICATION} among them, Sentinel sees
     * what the service throws, as its adapter for Dubbo would have it.
     */
    public SentinelFilter counting(Set<Code> failures) {
        if (failures.contains(Code.CANCELLED)) {
            throw new IllegalArgumentException(
                    "failures: CANCELLED (expected: without; a caller's change of mind is no failure)");
        }
        return new SentinelFilter(side, names, Set.copyOf(failures), origin, application);
    }

    /**
     * The same, on a server, with another origin: of whoever is proven to call, for instance. Null and empty stand for
     * none. Beyond 256 origins, and for names of more than 64 characters, Sentinel is told {@code others}: it keeps
     * figures of each for ever.
     */
    public SentinelFilter origin(Function<Request, @Nullable String> origin) {
        return new SentinelFilter(side, names, failures, origin, application);
    }

    @Override
    public CompletionStage<Response> apply(Request request, Invoker next) {
        return before(next).invoke(request);
    }

    @Override
    public Invoker before(Invoker next) {
        return new SentinelCalls(this, next, ORIGINS);
    }

    EntryType side() {
        return side;
    }

    Resource resource(Request request) {
        return new Resource(request.method(), names.service(request.method()), names.method(request.method()));
    }

    boolean fails(Code code) {
        return failures.contains(code);
    }

    String origin(Request request) {
        String known = origin.apply(request);
        return known == null ? "" : known;
    }

    Request labelled(Request request) {
        return application.isEmpty()
                ? request
                : request.withMetadata(request.metadata().with(APPLICATION, application));
    }
}
