package io.bowline.rpc.client;

import io.bowline.rpc.Code;
import io.bowline.rpc.Plugins;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.service.ContractCodecs;
import io.bowline.rpc.service.Door;
import io.bowline.rpc.service.GenericService;
import io.bowline.rpc.wire.Serializer;
import io.bowline.rpc.wire.TypeGraph;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Generic calls of one service. A method's door is made when it is first called and kept. Thread-safe. */
final class GenericReference implements GenericService {
    private static final int MAX_ARGUMENTS = 32;
    private static final int MOST_KEPT = 10_000;

    private final ServiceName service;
    private final Function<RpcMethod, Door> doors;
    private volatile Map<String, Door> known = new ConcurrentHashMap<>();

    GenericReference(ServiceName service, Function<RpcMethod, Door> doors) {
        this.service = service;
        this.doors = doors;
    }

    /** The codecs of methods that nobody has described: one for each number of arguments, all of JSON-like values. */
    static ContractCodecs codecs(ServiceName service, Plugins<Serializer> serializers) {
        return ContractCodecs.of(
                IntStream.rangeClosed(0, MAX_ARGUMENTS)
                        .mapToObj(count -> method(service, "generic", count))
                        .toList(),
                serializers.named("json"),
                TypeGraph.plain());
    }

    private static RpcMethod method(ServiceName service, String name, int arguments) {
        return RpcMethod.builder(service, name)
                .index(arguments)
                .parameterTypes(Collections.nCopies(arguments, Object.class))
                .resultType(Object.class)
                .traits(List.of(RpcMethod.Trait.GENERIC))
                .build();
    }

    @Override
    public @Nullable Object call(String method, @Nullable Object... arguments) {
        return door(method, arguments.length).callUnchecked(arguments);
    }

    @Override
    public CompletableFuture<@Nullable Object> callAsync(String method, @Nullable Object... arguments) {
        return door(method, arguments.length).callAsync(arguments);
    }

    /** Makes doors anew as methods are called; what is under way ends in the old ones. */
    void forgetDoors() {
        known = new ConcurrentHashMap<>();
    }

    private Door door(String method, int arguments) {
        if (arguments > MAX_ARGUMENTS) {
            throw RpcException.unprocessed(
                    Code.INVALID_CONFIGURATION,
                    arguments + " arguments for " + service + " " + method + " (expected: at most " + MAX_ARGUMENTS
                            + ")");
        }
        String name = method.indexOf('(') < 0 ? method + "/" + arguments : method;
        Map<String, Door> now = known;
        Door door = now.get(name);
        if (door == null) {
            door = doors.apply(method(service, name, arguments));
            if (now.size() < MOST_KEPT) {
                now.put(name, door);
            }
        }
        return door;
    }
}
