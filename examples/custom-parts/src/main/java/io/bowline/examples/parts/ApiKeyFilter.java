package io.bowline.examples.parts;

import io.bowline.rpc.Code;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Lets in who has a key, and tells the service who that is. For a server.
 *
 * <p>What a caller sends as its tenant is overwritten: only the key counts. A refused call was not begun, and says so.
 */
public final class ApiKeyFilter implements Filter {
    /** The label in which a caller sends its key. */
    public static final String KEY = "api-key";

    /** The label in which the service finds who called. */
    public static final String TENANT = "tenant";

    private final ApiKeyPolicy policy;

    public ApiKeyFilter(ApiKeyPolicy policy) {
        this.policy = policy;
    }

    /** The other half, for a client: sends a key with every call. */
    public static Filter sending(String key) {
        return (request, next) ->
                next.invoke(request.withMetadata(request.metadata().with(KEY, key)));
    }

    @Override
    public CompletionStage<Response> apply(Request request, Invoker next) {
        String key = request.metadata().get(KEY);
        if (key == null) {
            return refuse(request, "it came without the label '" + KEY + "'");
        }
        String tenant = policy.tenant(key);
        if (tenant == null) {
            return refuse(request, "its label '" + KEY + "' holds a key that nobody has");
        }
        return next.invoke(request.withMetadata(request.metadata().with(TENANT, tenant)));
    }

    private static CompletionStage<Response> refuse(Request request, String why) {
        return CompletableFuture.failedFuture(
                RpcException.unprocessed(Code.UNAUTHENTICATED, request.method() + " was refused: " + why));
    }
}
