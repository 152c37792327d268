package io.bowline.rpc.client;

import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.filter.CallStrategy;
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
    private final RpcMethod declared;
    private final RpcMethod method;
    private final FallbackAnswers answers;
    private final Directory directory;
    private final ClientStack stack;
    private final Door.Surroundings surroundings;

    private EffectiveOptions unruled;
    private EffectiveOptions inForce;
    private List<Filter> rooms;
    private Strategy strategy;
    private @Nullable Mirroring mirroring;
    private List<Filter> mirror = List.of();
    private @Nullable Invoker assembled;
    private @Nullable Door door;

    /** What is done about failure, and what that was made of. */
    private record Strategy(CallStrategy chosen, RetryPolicy retry, List<Filter> filters) {
        boolean isOf(EffectiveOptions options) {
            return options.retry().value().equals(retry)
                    && options.strategy().value().equals(chosen);
        }
    }

    /** @param declared the method as the contract has it */
    RuledDoor(
            RpcMethod declared,
            EffectiveOptions unruled,
            FallbackAnswers answers,
            Directory directory,
            ClientStack stack,
            Door.Surroundings surroundings) {
        this.declared = declared;
        this.method = declared.withIdempotent(unruled.idempotent().value());
        this.unruled = unruled;
        this.inForce = unruled;
        this.answers = answers;
        this.directory = directory;
        this.stack = stack;
        this.surroundings = surroundings;
        rooms = rooms(unruled);
        strategy = strategy(unruled);
    }

    private List<Filter> rooms(EffectiveOptions options) {
        return stack.rooms(method, options, answers.of(options.fallback(), method), directory);
    }

    private Strategy strategy(EffectiveOptions options) {
        return new Strategy(
                options.strategy().value(),
                options.retry().value(),
                stack.strategy(method, options, directory.codecs()));
    }

    /** The method as the contract has it. */
    RpcMethod declared() {
        return declared;
    }

    /** The method as options make it. */
    RpcMethod method() {
        return method;
    }

    /** The options that are obeyed, those that rules set among them. */
    EffectiveOptions inForce() {
        return inForce;
    }

    /** What has these options obeyed once it is run; fails for options that do not go with the method. */
    Runnable changing(EffectiveOptions options) {
        List<Filter> otherRooms = options.furnishes(unruled) ? rooms : rooms(options);
        Strategy otherStrategy = strategy.isOf(options) ? strategy : strategy(options);
        return () -> {
            unruled = options;
            rooms = otherRooms;
            strategy = otherStrategy;
            assembled = null;
            obeyRules();
        };
    }

    /** The door, which is open. */
    Door door() {
        return Objects.requireNonNull(door, "no rules were obeyed so far");
    }

    /** Has calls go, from now on, as the rules of the directory say at this moment; the first time, it opens the door. */
    void obeyRules() {
        RouteTable rules = directory.routes().table();
        EffectiveOptions options = unruled.ruledBy(rules, method);
        inForce = options;
        boolean triesOtherwise = changesStrategy(options);
        boolean mirrorsOtherwise = changesMirror(rules.mirroring(method));
        Invoker invoker = assembled;
        if (invoker == null || triesOtherwise || mirrorsOtherwise) {
            invoker = stack.assemble(all(), directory);
            assembled = invoker;
        }
        Setting<Duration> timeout = options.timeout();
        Door.Way way = new Door.Way(
                invoker,
                timeout.value(),
                timeout.origin(),
                options.wholeStream().value(),
                new DirectoryExplainer(directory, options));
        if (door == null) {
            door = new Door(method, way, surroundings);
        } else {
            door.change(way);
        }
    }

    private boolean changesStrategy(EffectiveOptions options) {
        if (strategy.isOf(options)) {
            return false;
        }
        strategy = strategy(options);
        return true;
    }

    private boolean changesMirror(@Nullable Mirroring now) {
        if (Objects.equals(now, mirroring)) {
            return false;
        }
        mirror = stack.mirror(method, now, directory);
        mirroring = now;
        return true;
    }

    private List<Filter> all() {
        List<Filter> all = new ArrayList<>(rooms);
        all.addAll(mirror);
        all.addAll(strategy.filters());
        return all;
    }
}
