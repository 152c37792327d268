package io.bowline.rpc.service;

import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import org.jspecify.annotations.Nullable;

/** The result of a method that has none: no bytes. */
final class VoidCodec implements Codec {
    static final VoidCodec INSTANCE = new VoidCodec();

    private VoidCodec() {}

    @Override
    public void write(@Nullable Object value, WireOutput out) {}

    @Override
    public @Nullable Object read(WireInput in) {
        return null;
    }
}
