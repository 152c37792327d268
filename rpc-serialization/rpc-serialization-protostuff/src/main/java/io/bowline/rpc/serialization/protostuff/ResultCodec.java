package io.bowline.rpc.serialization.protostuff;

import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import org.jspecify.annotations.Nullable;

/** One value: a list of one argument, so that null is no bytes at all. */
record ResultCodec(PositionsCodec positions) implements Codec {
    @Override
    public void write(@Nullable Object value, WireOutput out) {
        positions.writeOne(value, out);
    }

    @Override
    public @Nullable Object read(WireInput in) {
        return positions.readOne(in);
    }
}
