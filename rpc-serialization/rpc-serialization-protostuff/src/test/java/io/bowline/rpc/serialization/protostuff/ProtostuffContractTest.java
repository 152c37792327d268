package io.bowline.rpc.serialization.protostuff;

import io.bowline.rpc.testkit.SerializerCase;
import io.bowline.rpc.testkit.SerializerContract;
import io.bowline.rpc.wire.Serializer;
import io.bowline.rpc.wire.WireOutput;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

class ProtostuffContractTest extends SerializerContract {
    @Override
    protected Serializer serializer() {
        return ProtostuffSerializer.create();
    }

    @Override
    protected Set<SerializerCase> refused() {
        return EnumSet.of(SerializerCase.EXCEPTIONS);
    }

    @Override
    protected List<byte[]> bombs() {
        List<byte[]> bombs = new ArrayList<>();
        for (String hex : List.of(
                "0a07 3a05 fcffffff0f", // a list of 2^30 elements, no byte of which follows
                "0a07 3a05 fdffffff0f", // the same of nulls
                "0a07 4205 fcffffff0f", // a map
                "0a06 0affffffff07", // a text of 2 GiB
                "0a08 8a0305 ffffffff07", // an int[] that counts 2^31
                "0affffffff07", // an argument of 2 GiB
                "0b", // a group, which has no length
                "0a02 0a80")) { // a length that is cut off
            bombs.add(HexFormat.of().parseHex(hex.replace(" ", "")));
        }
        bombs.add(nested(10_000));
        return bombs;
    }

    /** Lists in lists, every length true. */
    private static byte[] nested(int levels) {
        byte[] value = HexFormat.of().parseHex("1002");
        for (int i = 0; i < levels; i++) {
            WireOutput list = new WireOutput();
            list.writeByte(1 << 2);
            list.writeVarInt(value.length);
            list.write(value);
            value = tagged(0x3a, list.toByteArray());
        }
        return tagged(0x0a, value);
    }

    private static byte[] tagged(int tag, byte[] content) {
        WireOutput out = new WireOutput();
        out.writeByte(tag);
        out.writeVarInt(content.length);
        out.write(content);
        return out.toByteArray();
    }
}
