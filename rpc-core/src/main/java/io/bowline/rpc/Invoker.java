package io.bowline.rpc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An asynchronous function from a request to a response.
 *
 * <p>Client, server, balancer, retry and the remote call itself are all this one type, so they compose by plain
 * wrapping. An invoker never blocks and never throws: every failure arrives through the stage as an
 * {@link RpcException}. It is called from any thread, several at once. The stage may complete on an I/O thread, so
 * what is attached to it must not block either.
 */
@FunctionalInterface
public interface Invoker {
    /** Starts one call. The stage completes exactly once, at the latest shortly after the request's deadline. */
    CompletionStage<Response> invoke(Request request);

    /** The same, for who has to hear of the end in any case: what is thrown against the contract fails the stage. */
    default CompletionStage<Response> attempt(Request request) {
        try {
            return invoke(request);
        } catch (Throwable thrown) {
            return CompletableFuture.failedFuture(RpcException.from(thrown));
        }
    }
}
