package io.bowline.rpc.server;

import io.bowline.rpc.Code;
import io.bowline.rpc.Request;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.balance.RequestKey;
import io.bowline.rpc.filter.DuplicatePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** By what a server knows a call of a method again: the parts of its key, each of which has to be there. */
record CallKeys(List<RequestKey> parts) implements Function<Request, @Nullable Object> {
    /** Empty where the contract tells of no key, or where nobody asks for it; fails for a key that can never be. */
    static Optional<CallKeys> of(RpcMethod method, DuplicatePolicy policy) {
        List<RequestKey> parts = method.callKey().stream()
                .map(part -> RequestKey.parse(checked(method, part)))
                .toList();
        return parts.isEmpty() || !policy.active() ? Optional.empty() : Optional.of(new CallKeys(parts));
    }

    private static String checked(RpcMethod method, String part) {
        int count = method.parameterTypes().size();
        String number = part.split("\\.", 2)[0];
        if (number.matches("\\d{1,9}") && Integer.parseInt(number) >= count) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "@Idempotent of " + method + ": the key '" + part + "' is of an argument that it does not have"
                            + " (expected: from 0 to " + (count - 1) + ")");
        }
        return part;
    }

    @Override
    public @Nullable Object apply(Request request) {
        if (parts.size() == 1) {
            return parts.get(0).value(request);
        }
        List<Object> values = new ArrayList<>(parts.size());
        for (RequestKey part : parts) {
            Object value = part.value(request);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return values;
    }
}
