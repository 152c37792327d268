package io.bowline.rpc.balance;

import io.bowline.rpc.Request;
import org.jspecify.annotations.Nullable;

/** The key in a label of the metadata. */
record LabelKey(String name) implements RequestKey {
    @Override
    public long hash(Request request) {
        return Hashing.key(request.metadata().get(name));
    }

    @Override
    public @Nullable Object value(Request request) {
        return request.metadata().get(name);
    }
}
