package io.bowline.rpc.serialization.hessian;

import io.bowline.rpc.testkit.SerializerContract;
import io.bowline.rpc.wire.Serializer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Hessian refuses no case of the contract. */
class HessianContractTest extends SerializerContract {
    @Override
    protected Serializer serializer() {
        return HessianSerializer.create();
    }

    @Override
    protected List<byte[]> bombs() {
        byte[] deep = new byte[10_000];
        Arrays.fill(deep, (byte) Tags.LIST_ENDED);
        byte[] maps = new byte[10_000];
        Arrays.fill(maps, (byte) Tags.MAP);
        return List.of(
                deep,
                maps,
                bytes("43 01 78 49 7ffffff0"), // a class of two billion fields
                bytes("43 01 78 49 fffffff0"), // of a negative number of fields
                bytes("58 49 7ffffff0"), // a list of two billion elements
                bytes("56 045b696e74 49 7ffffff0"), // an int[] of two billion elements
                bytes("53 ffff 61"), // a text of 65,535 characters
                bytes("42 ffff 61"), // 65,535 bytes
                bytes("51 90"), // a reference to itself
                bytes("60")); // an object of no class
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
