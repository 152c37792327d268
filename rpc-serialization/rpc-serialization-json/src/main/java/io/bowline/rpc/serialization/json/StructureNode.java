package io.bowline.rpc.serialization.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import io.bowline.rpc.wire.shape.Refusal;
import io.bowline.rpc.wire.shape.Structure;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A record, a bean or an exception: an object by part name. Unknown names are skipped, null parts of records left out. */
final class StructureNode implements Node {
    private static final @Nullable Object[] NOTHING = {};

    private final Structure structure;
    private final SerializedString[] names;
    private final boolean[] optional;
    private Node[] parts = {};

    StructureNode(Structure structure) {
        this.structure = structure;
        this.names = structure.parts().stream()
                .map(part -> new SerializedString(part.name()))
                .toArray(SerializedString[]::new);
        this.optional = new boolean[names.length];
        @Nullable Object[] blank = structure.blank();
        boolean filled = !structure.type().isRecord();
        for (int i = 0; i < names.length; i++) {
            optional[i] = !filled && blank[i] == null;
        }
    }

    /** Completes the node, before it is used. */
    void link(Node[] nodes) {
        parts = nodes;
    }

    @Override
    public void write(Object value, JsonGenerator out) throws IOException {
        out.writeStartObject();
        writeParts(value, out);
        out.writeEndObject();
    }

    void writeParts(Object value, JsonGenerator out) throws IOException {
        if (value.getClass() != structure.type()) {
            throw Refusal.notSerializable(
                    "a " + value.getClass().getName() + " stands where "
                            + structure.type().getName() + " is declared",
                    "register it as a subtype, on the client and on the server");
        }
        structure.check(value);
        for (int i = 0; i < parts.length; i++) {
            Object part = structure.value(value, i);
            if (part != null || !optional[i]) {
                out.writeFieldName(names[i]);
                Node.writeNullable(parts[i], part, out);
            }
        }
    }

    @Override
    public Object read(Source in) throws IOException {
        in.require(JsonToken.START_OBJECT, "an object for " + structure.type().getName());
        in.next();
        return readParts(in);
    }

    /** Reads from the first member's name, which is the current token, to the end of the object. */
    Object readParts(Source in) throws IOException {
        Object begun = structure.begin();
        @Nullable Object[] values = begun == null ? structure.blank() : NOTHING;
        int expected = 0;
        for (JsonToken token = in.token(); token == JsonToken.FIELD_NAME; token = in.next()) {
            int place = place(in.parser.currentName(), expected);
            in.next();
            if (place < 0) {
                in.parser.skipChildren();
                continue;
            }
            Object value = Node.readNullable(parts[place], in);
            if (begun == null) {
                values[place] = value;
            } else {
                structure.fill(begun, place, value);
            }
            expected = place + 1;
        }
        return begun == null ? structure.make(values) : begun;
    }

    /** Names mostly arrive in the order in which they were declared. */
    private int place(String name, int expected) {
        boolean next = expected < names.length && names[expected].getValue().equals(name);
        return next ? expected : structure.place(name);
    }
}
