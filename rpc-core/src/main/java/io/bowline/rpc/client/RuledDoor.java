package io.bowline.rpc.client;

import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.filter.FallbackFilter;
import io.bowline.rpc.filter.RetryPolicy;
import io.bowline.rpc.route.Mirroring;
import io.bowline.rpc.route.RouteTable;
import io.bowline.rpc.service.Door;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The door of a method, and what it takes to have it lead another way when rules set other options. Made in two steps: when
 * it is made, all options are known to go with the method; when rules are obeyed for the first time, it opens. Guarded by
 * the client's {@link Routing}, but for the door itself.
 *
 * <p>What filters keep stays, an answer or a count. Only a strategy begins anew with other attempts, and a mirror with
 * another rule. Calls that are under way end as they began.
 */
final class RuledDoor {
    private final RpcMethod method;
    private final EffectiveOptions unruled;
    private final Directory directory;
    private final ClientStack stack;
    private final Door.Surroundings surroundings;
    private final List<Filter> rooms;

    private RetryPolicy retry;
    private List<Filter> strategy;
    private @Nullable Mirroring mirroring;
    private List<Filter> mirror = List.of();
    private @Nullable Invoker assembled;
    private @Nullable Door door;

    RuledDoor(
            RpcMethod method,
            EffectiveOptions unruled,
            FallbackFilter.Answer fallback,
            Directory directory,
            ClientStack stack,
            Door.Surroundings surroundings) {
        this.method = method;
        this.unruled = unruled;
        this.directory = directory;
        this.stack = stack;
        this.surroundings = surroundings;
        rooms = stack.rooms(method, unruled, fallback, directory);
        retry = unruled.retry().value();
        strategy = stack.strategy(method, unruled, directory.codecs());
    }

    /** The door, which is open. */
    Door door() {
        return Objects.requireNonNull(door, "no rules were obeyed so far");
    }

    /** Has calls go, from now on, as the rules of the directory say at this moment; the first time, it opens the door. */
    void obeyRules() {
        RouteTable rules = directory.routes().table();
        EffectiveOptions options = unruled.ruledBy(rules, method);
        boolean triesOtherwise = changesStrategy(options);
        boolean mirrorsOtherwise = changesMirror(rules.mirroring(method));
        Invoker invoker = assembled;
        if (invoker == null || triesOtherwise || mirrorsOtherwise) {
            invoker = stack.assemble(all(), directory);
            assembled = invoker;
        }
        Setting<Duration> timeout = options.timeout();
        Door.Way way =
                new Door.Way(invoker, timeout.value(), timeout.origin(), new DirectoryExplainer(directory, options));
        if (door == null) {
            door = new Door(method, way, surroundings);
        } else {
            door.change(way);
        }
    }

    private boolean changesStrategy(EffectiveOptions options) {
        RetryPolicy now = options.retry().value();
        if (now.equals(retry)) {
            return false;
        }
        strategy = stack.strategy(method, options, directory.codecs());
        retry = now;
        return true;
    }

    private boolean changesMirror(@Nullable Mirroring now) {
        if (Objects.equals(now, mirroring)) {
            return false;
        }
        mirror = stack.mirror(now, directory);
        mirroring = now;
        return true;
    }

    private List<Filter> all() {
        List<Filter> all = new ArrayList<>(rooms);
        all.addAll(mirror);
        all.addAll(strategy);
        return all;
    }
}
