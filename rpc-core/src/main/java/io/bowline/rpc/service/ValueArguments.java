package io.bowline.rpc.service;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The arguments of a call without the one that is a stream, which comes by itself. */
record ValueArguments(Codec values, int stream) implements Codec {
    @Override
    public void write(@Nullable Object value, WireOutput out) {
        @Nullable Object[] all = (@Nullable Object[]) Objects.requireNonNull(value);
        if (all[stream] == null) {
            throw RpcException.of(
                    Code.NOT_SERIALIZABLE, "argument " + (stream + 1) + " is null (expected: a Flow.Publisher)");
        }
        @Nullable Object[] without = new Object[all.length - 1];
        System.arraycopy(all, 0, without, 0, stream);
        System.arraycopy(all, stream + 1, without, stream, without.length - stream);
        values.write(without, out);
    }

    @Override
    public Object read(WireInput in) {
        @Nullable Object[] without = (@Nullable Object[]) Objects.requireNonNull(values.read(in));
        @Nullable Object[] all = new Object[without.length + 1];
        System.arraycopy(without, 0, all, 0, stream);
        System.arraycopy(without, stream, all, stream + 1, without.length - stream);
        return all;
    }
}
