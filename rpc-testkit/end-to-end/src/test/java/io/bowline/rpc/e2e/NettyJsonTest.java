package io.bowline.rpc.e2e;

import io.bowline.rpc.serialization.json.JsonSerializer;
import io.bowline.rpc.transport.Transport;
import io.bowline.rpc.transport.netty.NettyTransport;
import io.bowline.rpc.wire.Serializer;

class NettyJsonTest extends EngineContract {
    @Override
    Transport transport() {
        return new NettyTransport();
    }

    @Override
    Serializer serializer() {
        return JsonSerializer.create();
    }
}
