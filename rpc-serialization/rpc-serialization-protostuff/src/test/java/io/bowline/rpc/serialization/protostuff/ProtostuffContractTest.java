package io.bowline.rpc.serialization.protostuff;

import io.bowline.rpc.testkit.SerializerCase;
import io.bowline.rpc.testkit.SerializerContract;
import io.bowline.rpc.wire.Serializer;
import java.util.EnumSet;
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
}
