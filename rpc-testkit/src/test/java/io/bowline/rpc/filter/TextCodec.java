package io.bowline.rpc.filter;

import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;

/** Arguments that are texts. */
final class TextCodec implements Codec {
    @Override
    public void write(Object value, WireOutput out) {
        Object[] texts = (Object[]) value;
        out.writeVarInt(texts.length);
        for (Object text : texts) {
            out.writeString((String) text);
        }
    }

    @Override
    public Object read(WireInput in) {
        Object[] texts = new Object[in.readVarInt()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = in.readString();
        }
        return texts;
    }
}
