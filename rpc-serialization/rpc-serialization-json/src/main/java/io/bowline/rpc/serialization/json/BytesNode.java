package io.bowline.rpc.serialization.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** {@code byte[]}: text in base64. */
final class BytesNode implements Node {
    static final BytesNode INSTANCE = new BytesNode();

    private BytesNode() {}

    @Override
    public void write(Object value, JsonGenerator out) throws IOException {
        out.writeBinary((byte[]) value);
    }

    @Override
    public Object read(Source in) throws IOException {
        in.require(JsonToken.VALUE_STRING, "bytes in base64");
        return in.parser.getBinaryValue();
    }
}
