package io.bowline.rpc.serialization.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One declared type, as JSON. Nodes form the tree, or the loops, of a signature; they are built at start and keep nothing
 * of a call. Null is dealt with around them.
 */
interface Node {
    void write(Object value, JsonGenerator out) throws IOException;

    /** Reads the value whose first token is the current one, and leaves its last as the current one. */
    Object read(Source in) throws IOException;

    static void writeNullable(Node node, @Nullable Object value, JsonGenerator out) throws IOException {
        if (value == null) {
            out.writeNull();
        } else {
            node.write(value, out);
        }
    }

    static @Nullable Object readNullable(Node node, Source in) throws IOException {
        return in.token() == JsonToken.VALUE_NULL ? null : node.read(in);
    }
}
