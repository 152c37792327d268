package io.bowline.rpc.client;

import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.Timer;
import io.bowline.rpc.service.ContractCodecs;
import io.bowline.rpc.transport.MethodId;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** What every call of a reference needs and no call changes: names, codecs, clock. Immutable. */
final class ReferenceCodecs {
    /** A response body of more bytes is decoded off the I/O thread. */
    static final int LARGE = 32 * 1024;

    private final ContractCodecs codecs;
    private final Function<RpcMethod, MethodId> ids;
    private final Timer timer;
    private final Executor callbacks;

    private ReferenceCodecs(ContractCodecs codecs, Function<RpcMethod, MethodId> ids, Timer timer, Executor callbacks) {
        this.codecs = codecs;
        this.ids = ids;
        this.timer = timer;
        this.callbacks = callbacks;
    }

    /** For a contract, whose methods are all known. */
    static ReferenceCodecs of(List<RpcMethod> methods, ContractCodecs codecs, Timer timer, Executor callbacks) {
        MethodId[] ids = methods.stream().map(ReferenceCodecs::idOf).toArray(MethodId[]::new);
        return new ReferenceCodecs(codecs, method -> ids[method.index()], timer, callbacks);
    }

    /** For generic calls, whose methods come as they are called. */
    static ReferenceCodecs generic(ContractCodecs codecs, Timer timer, Executor callbacks) {
        return new ReferenceCodecs(codecs, ReferenceCodecs::idOf, timer, callbacks);
    }

    private static MethodId idOf(RpcMethod method) {
        return new MethodId(method.service(), method.name());
    }

    ContractCodecs contract() {
        return codecs;
    }

    MethodId id(RpcMethod method) {
        return ids.apply(method);
    }

    Timer timer() {
        return timer;
    }

    Executor callbacks() {
        return callbacks;
    }
}
