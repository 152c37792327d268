package io.bowline.rpc.serialization.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import io.bowline.rpc.wire.value.Refusal;
import io.bowline.rpc.wire.value.Structure;
import java.io.IOException;
import java.util.Optional;

/** A record, a bean or an exception: an object by part name. Unknown names are skipped, null parts of records left out. */
final class StructureNode implements Node {
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
        for (int i = 0; i < names.length; i++) {
            optional[i] =
                    !structure.fillable() && structure.parts().get(i).type().raw() != Optional.class;
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
        Object draft = structure.start();
        int expected = 0;
        for (JsonToken token = in.token(); token == JsonToken.FIELD_NAME; token = in.next()) {
            int place = place(in.parser.currentName(), expected);
            in.next();
            if (place < 0) {
                in.parser.skipChildren();
                continue;
            }
            structure.fill(draft, place, Node.readNullable(parts[place], in));
            expected = place + 1;
        }
        return structure.finish(draft);
    }

    /** Names mostly arrive in the order in which they were declared. */
    private int place(String name, int expected) {
        boolean next = expected < names.length && names[expected].getValue().equals(name);
        return next ? expected : structure.place(name);
    }
}
