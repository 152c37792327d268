package io.bowline.rpc.e2e;

import io.bowline.rpc.serialization.json.JsonSerializer;
import io.bowline.rpc.serialization.protostuff.ProtostuffSerializer;
import io.bowline.rpc.wire.Serializer;
import org.junit.jupiter.api.Nested;

/** Streams as arguments over each transport, in two encodings. */
class UploadsTest {
    @Nested
    class Local extends UploadContract implements OverTransport.Local {
        @Override
        Serializer serializer() {
            return JsonSerializer.create();
        }
    }

    @Nested
    class Netty extends UploadContract implements OverTransport.Netty {
        @Override
        Serializer serializer() {
            return ProtostuffSerializer.create();
        }
    }

    @Nested
    class Compressed extends UploadContract implements OverTransport.Compressed {
        @Override
        Serializer serializer() {
            return JsonSerializer.create();
        }
    }
}
