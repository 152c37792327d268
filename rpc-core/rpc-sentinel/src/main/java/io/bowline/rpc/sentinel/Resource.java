package io.bowline.rpc.sentinel;

import com.alibaba.csp.sentinel.AsyncEntry;
import com.alibaba.csp.sentinel.EntryType;
import com.alibaba.csp.sentinel.ResourceTypeConstants;
import com.alibaba.csp.sentinel.SphU;
import com.alibaba.csp.sentinel.slots.block.BlockException;
import io.bowline.rpc.Request;
import io.bowline.rpc.RpcMethod;

/**
 * A method as Sentinel knows it.
 *
 * @param service the name of the resource that its service's methods share
 * @param name the name of its own resource
 */
record Resource(RpcMethod method, String service, String name) {
    /** Enters both, the service's first; nothing is left entered where a rule keeps the call out. */
    Passage enter(Request request, SentinelFilter filter) throws BlockException {
        EntryType side = filter.side();
        AsyncEntry outer = SphU.asyncEntry(service, ResourceTypeConstants.COMMON_RPC, side);
        AsyncEntry inner;
        try {
            inner = SphU.asyncEntry(name, ResourceTypeConstants.COMMON_RPC, side, 1, request.arguments());
        } catch (BlockException | RuntimeException | Error kept) {
            outer.exit();
            throw kept;
        }
        return new Passage(outer, inner, request.arguments(), filter);
    }
}
