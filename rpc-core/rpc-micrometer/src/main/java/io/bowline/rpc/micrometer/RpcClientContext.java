package io.bowline.rpc.micrometer;

import io.bowline.rpc.Code;
import io.bowline.rpc.Request;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An observed call as its client sees it. What a tracer propagates, {@code traceparent} for one, goes along in the call's
 * metadata.
 */
public final class RpcClientContext extends SenderContext<OutgoingLabels> {
    private final Request request;
    private volatile @Nullable Code failure;

    public RpcClientContext(Request request) {
        super((labels, key, value) -> Objects.requireNonNull(labels).set(key, value), Kind.CLIENT);
        this.request = request;
        setCarrier(new OutgoingLabels(request.metadata()));
    }

    /** The call, without what a tracer adds. */
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
