package io.bowline.rpc.micrometer;

import io.bowline.rpc.Code;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import org.jspecify.annotations.Nullable;

/** An observed call as its server sees it. What a tracer propagated is read from the call's metadata. */
public final class RpcServerContext extends ReceiverContext<Metadata> {
    private final Request request;
    private volatile @Nullable Code failure;

    public RpcServerContext(Request request) {
        super((labels, key) -> labels.get(key), Kind.SERVER);
        this.request = request;
        setCarrier(request.metadata());
    }

    /** The call. */
    public Request request() {
        return request;
    }

    /** How it failed; null while it has not. */
    public @Nullable Code failure() {
        return failure;
    }

    void failed(Code code) {
        failure = code;
    }
}
