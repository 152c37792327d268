package io.bowline.rpc.e2e;

import io.bowline.rpc.serialization.json.JsonSerializer;
import io.bowline.rpc.serialization.protostuff.ProtostuffSerializer;
import io.bowline.rpc.wire.Serializer;
import org.junit.jupiter.api.Nested;

/** Streams over each transport, in two encodings. */
class StreamsTest {
    @Nested
    class Local extends StreamContract implements OverTransport.Local {
        @Override
        Serializer serializer() {
            return ProtostuffSerializer.create();
        }
    }

    @Nested
    class Netty extends StreamContract implements OverTransport.Netty {
        @Override
        Serializer serializer() {
            return ProtostuffSerializer.create();
        }
    }

    @Nested
    class NettyJson extends StreamContract implements OverTransport.Netty {
        @Override
        Serializer serializer() {
            return JsonSerializer.create();
        }
    }

    @Nested
    class Compressed extends StreamContract implements OverTransport.Compressed {
        @Override
        Serializer serializer() {
            return JsonSerializer.create();
        }
    }
}
