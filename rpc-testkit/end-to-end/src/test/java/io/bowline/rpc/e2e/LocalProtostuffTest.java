package io.bowline.rpc.e2e;

import io.bowline.rpc.Address;
import io.bowline.rpc.serialization.protostuff.ProtostuffSerializer;
import io.bowline.rpc.transport.LocalTransport;
import io.bowline.rpc.transport.Transport;
import io.bowline.rpc.wire.Serializer;

class LocalProtostuffTest extends EngineContract {
    @Override
    Transport transport() {
        return new LocalTransport();
    }

    @Override
    Serializer serializer() {
        return ProtostuffSerializer.create();
    }

    @Override
    Address free() {
        return localName();
    }
}
