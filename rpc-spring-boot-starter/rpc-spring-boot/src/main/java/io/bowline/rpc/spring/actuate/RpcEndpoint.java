package io.bowline.rpc.spring.actuate;

import io.bowline.rpc.spring.refresh.RpcRefresh;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * {@code /actuator/rpc}: what is offered and referred to, how it stands, what is in force and by whose word, and why the
 * last calls failed. A write has properties obeyed that have changed. Shows no argument and no secret.
 */
@Endpoint(id = "rpc")
public final class RpcEndpoint {
    private final RpcState state;
    private final RecentFailures failures;
    private final RpcRefresh refresh;

    /**
     * All of it.
     *
     * @param server what is offered; null where no server runs
     * @param registries how they are reached
     * @param references in short, by the names of their beans
     * @param rules what routes calls
     * @param failures the last calls that failed, the newest first
     */
    public record Overview(
            RpcState.@Nullable Server server,
            List<RpcState.RegistryView> registries,
            Map<String, Brief> references,
            List<String> rules,
            List<RecentFailures.Failure> failures) {}

    /**
     * A reference in short.
     *
     * @param service what it calls
     * @param known how many providers there are
     * @param usable how many of them can take a call
     */
    public record Brief(String service, int known, int usable) {}

    public RpcEndpoint(RpcState state, RecentFailures failures, RpcRefresh refresh) {
        this.state = state;
        this.failures = failures;
        this.refresh = refresh;
    }

    /** Everything, references in short. */
    @ReadOperation
    public Overview overview() {
        Map<String, Brief> brief = new LinkedHashMap<>();
        state.references()
                .forEach((bean, reference) ->
                        brief.put(bean, new Brief(reference.service(), reference.known(), reference.usable())));
        return new Overview(state.server(), state.registries(), brief, state.rules(), failures.newest());
    }

    /** One reference in full; null, which is told as not found, for a bean that is none. */
    @ReadOperation
    public RpcState.@Nullable Reference reference(@Selector String bean) {
        return state.references().get(bean);
    }

    /** Has references obey the properties as they are now. */
    @WriteOperation
    public RpcRefresh.Outcome refresh() {
        return refresh.refresh();
    }
}
