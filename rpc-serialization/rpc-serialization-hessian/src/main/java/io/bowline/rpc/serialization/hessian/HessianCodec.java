package io.bowline.rpc.serialization.hessian;

import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import org.jspecify.annotations.Nullable;

/** One value. */
final class HessianCodec implements Codec {
    private final Node root;
    private final String declared;

    HessianCodec(Node root, String declared) {
        this.root = root;
        this.declared = declared;
    }

    @Override
    public void write(@Nullable Object value, WireOutput out) {
        HessianWriter.write(out, writer -> Node.writeNullable(root, value, writer));
    }

    @Override
    public @Nullable Object read(WireInput in) {
        return HessianReader.read(declared, in, reader -> Node.readNullable(root, reader));
    }
}
