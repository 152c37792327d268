package io.bowline.rpc.server;

import io.bowline.rpc.Invoker;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.service.ContractCodecs;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One method as the dispatcher finds it.
 *
 * @param rpc its description
 * @param invoker the filters and the service behind them
 * @param codecs the contract's codecs, one for each serializer that accepts the contract
 * @param nonBlocking whether it runs on the I/O thread
 * @param executor what runs it otherwise; null for the server's
 */
record ServerMethod(
        RpcMethod rpc,
        Invoker invoker,
        List<ContractCodecs> codecs,
        boolean nonBlocking,
        @Nullable Executor executor) {
    /** The codecs of a serializer; null when this contract does not accept it. A scan of two or three. */
    @Nullable
    ContractCodecs codecs(String serializer) {
        for (ContractCodecs candidate : codecs) {
            if (candidate.serializer().equals(serializer)) {
                return candidate;
            }
        }
        return null;
    }
}
