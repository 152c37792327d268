package io.bowline.rpc.service;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Calls a service whose interface is not on the class path. Arguments and results are JSON-like values: {@code null},
 * booleans, numbers, strings, lists, and maps with string keys; a record or an object is a map of its fields. Thread-safe.
 */
public interface GenericService {
    /**
     * Calls and waits.
     *
     * @param method the method's name; where overloads take the same number of arguments, its name with the parameter
     *     types: {@code find(long)}
     * @throws io.bowline.rpc.RpcException for every failure, the service's own included
     */
    @Nullable
    Object call(String method, @Nullable Object... arguments);

    /** Calls and returns at once; see {@link #call}. Cancelling the future cancels the call. */
    CompletableFuture<@Nullable Object> callAsync(String method, @Nullable Object... arguments);
}
