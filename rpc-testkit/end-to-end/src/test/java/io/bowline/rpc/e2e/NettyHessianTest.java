package io.bowline.rpc.e2e;

import io.bowline.rpc.serialization.hessian.HessianSerializer;
import io.bowline.rpc.transport.Transport;
import io.bowline.rpc.transport.netty.NettyTransport;
import io.bowline.rpc.wire.Serializer;

class NettyHessianTest extends EngineContract {
    @Override
    Transport transport() {
        return new NettyTransport();
    }

    @Override
    Serializer serializer() {
        return HessianSerializer.create();
    }
}
