package io.bowline.rpc.e2e;

import io.bowline.rpc.serialization.json.JsonSerializer;
import io.bowline.rpc.wire.Serializer;

class NettyJsonTest extends EngineContract implements OverTransport.Netty {
    @Override
    Serializer serializer() {
        return JsonSerializer.create();
    }
}
