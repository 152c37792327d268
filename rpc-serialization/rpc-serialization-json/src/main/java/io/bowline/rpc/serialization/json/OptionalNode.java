package io.bowline.rpc.serialization.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import io.bowline.rpc.wire.value.Refusal;
import java.io.IOException;
import java.util.Optional;

/** An Optional: an array of no or one element. A bare value that is no array is read as content. */
final class OptionalNode implements Node {
    private final Node content;

    OptionalNode(Node content) {
        this.content = content;
    }

    @Override
    public void write(Object value, JsonGenerator out) throws IOException {
        out.writeStartArray();
        Object held = ((Optional<?>) value).orElse(null);
        if (held != null) {
            content.write(held, out);
        }
        out.writeEndArray();
    }

    @Override
    public Object read(Source in) throws IOException {
        if (in.token() != JsonToken.START_ARRAY) {
            return Optional.of(content.read(in));
        }
        if (in.next() == JsonToken.END_ARRAY) {
            return Optional.empty();
        }
        Object held = Node.readNullable(content, in);
        if (held == null || in.next() != JsonToken.END_ARRAY) {
            throw Refusal.malformed("an Optional of more than one element, or of null");
        }
        return Optional.of(held);
    }
}
