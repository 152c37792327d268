package io.bowline.rpc.e2e;

import io.bowline.rpc.serialization.protostuff.ProtostuffSerializer;
import io.bowline.rpc.wire.Serializer;

class NettyProtostuffTest extends EngineContract implements OverTransport.Netty {
    @Override
    Serializer serializer() {
        return ProtostuffSerializer.create();
    }
}
