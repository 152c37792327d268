package io.bowline.rpc.e2e;

import io.bowline.rpc.serialization.hessian.HessianSerializer;
import io.bowline.rpc.wire.Serializer;

class NettyHessianTest extends EngineContract implements OverTransport.Netty {
    @Override
    Serializer serializer() {
        return HessianSerializer.create();
    }
}
