package io.bowline.rpc.e2e;

import io.bowline.rpc.serialization.protostuff.ProtostuffSerializer;
import io.bowline.rpc.wire.Serializer;

class LocalProtostuffTest extends EngineContract implements OverTransport.Local {
    @Override
    Serializer serializer() {
        return ProtostuffSerializer.create();
    }
}
