package io.bowline.rpc.e2e;

import io.bowline.rpc.serialization.json.JsonSerializer;
import io.bowline.rpc.wire.Serializer;

class CompressedJsonTest extends EngineContract implements OverTransport.Compressed {
    @Override
    Serializer serializer() {
        return JsonSerializer.create();
    }
}
