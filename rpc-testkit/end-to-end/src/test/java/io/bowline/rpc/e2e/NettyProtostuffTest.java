package io.bowline.rpc.e2e;

import io.bowline.rpc.serialization.protostuff.ProtostuffSerializer;
import io.bowline.rpc.transport.Transport;
import io.bowline.rpc.transport.netty.NettyTransport;
import io.bowline.rpc.wire.Serializer;

class NettyProtostuffTest extends EngineContract {
    @Override
    Transport transport() {
        return new NettyTransport();
    }

    @Override
    Serializer serializer() {
        return ProtostuffSerializer.create();
    }
}
