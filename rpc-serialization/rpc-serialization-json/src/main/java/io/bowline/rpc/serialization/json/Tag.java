package io.bowline.rpc.serialization.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import io.bowline.rpc.wire.value.Refusal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The class name that stands where the declared type is open: the first member of an object. A structure's parts follow
 * it; anything else follows as one member {@code "@value"}. No Java name begins with {@code @}, so neither can be a part.
 */
final class Tag {
    static final String TYPE = "@type";
    private static final String VALUE = "@value";

    private Tag() {}

    static void write(String name, Node node, Object value, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField(TYPE, name);
        if (node instanceof StructureNode structure) {
            structure.writeParts(value, out);
        } else {
            out.writeFieldName(VALUE);
            node.write(value, out);
        }
        out.writeEndObject();
    }

    /**
     * The name in the tag, when the object's first member, whose name is the current token, is one; then the current token
     * is its value. Null when it is none.
     */
    static @Nullable String read(Source in) throws IOException {
        if (in.token() != JsonToken.FIELD_NAME || !in.parser.currentName().equals(TYPE)) {
            return null;
        }
        in.next();
        return in.string("a class name as @type");
    }

    /** What follows the tag, to the end of the object. */
    static Object content(Node node, Source in) throws IOException {
        if (node instanceof StructureNode structure) {
            in.next();
            return structure.readParts(in);
        }
        if (in.next() != JsonToken.FIELD_NAME || !in.parser.currentName().equals(VALUE)) {
            throw Refusal.malformed("a tagged object without @value");
        }
        in.next();
        Object value = node.read(in);
        if (in.next() != JsonToken.END_OBJECT) {
            throw Refusal.malformed("a tagged object with more than @value");
        }
        return value;
    }
}
