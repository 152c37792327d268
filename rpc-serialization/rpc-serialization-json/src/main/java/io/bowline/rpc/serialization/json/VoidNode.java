package io.bowline.rpc.serialization.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** No value: always null. */
final class VoidNode implements Node {
    static final VoidNode INSTANCE = new VoidNode();

    private VoidNode() {}

    @Override
    public void write(Object value, JsonGenerator out) throws IOException {
        out.writeNull();
    }

    @Override
    public Object read(Source in) {
        throw in.unexpected("null, for void");
    }
}
