package io.bowline.rpc.e2e;

import io.bowline.rpc.serialization.json.JsonSerializer;
import io.bowline.rpc.wire.Serializer;

class LocalJsonTest extends EngineContract implements OverTransport.Local {
    @Override
    Serializer serializer() {
        return JsonSerializer.create();
    }
}
