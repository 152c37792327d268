package io.bowline.rpc.e2e;

import io.bowline.rpc.Address;
import io.bowline.rpc.serialization.json.JsonSerializer;
import io.bowline.rpc.serialization.protostuff.ProtostuffSerializer;
import io.bowline.rpc.transport.LocalTransport;
import io.bowline.rpc.transport.Transport;
import io.bowline.rpc.transport.netty.NettyTransport;
import io.bowline.rpc.wire.Serializer;
import org.junit.jupiter.api.Nested;

/** Streams as arguments over each transport, in two encodings. */
class UploadsTest {
    @Nested
    class Local extends UploadContract {
        @Override
        Transport transport() {
            return new LocalTransport();
        }

        @Override
        Serializer serializer() {
            return JsonSerializer.create();
        }

        @Override
        Address free() {
            return EngineContract.localName();
        }
    }

    @Nested
    class Netty extends UploadContract {
        @Override
        Transport transport() {
            return new NettyTransport();
        }

        @Override
        Serializer serializer() {
            return ProtostuffSerializer.create();
        }

        @Override
        Address free() {
            return new Address("127.0.0.1", 0);
        }
    }
}
