package io.bowline.rpc.serialization.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import io.bowline.rpc.wire.value.Refusal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An argument list: a JSON array with one element a parameter. */
final class ArgumentsNode implements Node {
    private final Node[] parameters;

    ArgumentsNode(Node[] parameters) {
        this.parameters = parameters;
    }

    @Override
    public void write(Object value, JsonGenerator out) throws IOException {
        @Nullable Object[] arguments = (@Nullable Object[]) value;
        if (arguments.length != parameters.length) {
            throw Refusal.notSerializable(
                    arguments.length + " arguments (expected: " + parameters.length + ")", "pass one a parameter");
        }
        out.writeStartArray();
        for (int i = 0; i < arguments.length; i++) {
            Node.writeNullable(parameters[i], arguments[i], out);
        }
        out.writeEndArray();
    }

    @Override
    public Object read(Source in) throws IOException {
        in.require(JsonToken.START_ARRAY, "an array of arguments");
        @Nullable Object[] arguments = new Object[parameters.length];
        for (int i = 0; i < arguments.length; i++) {
            if (in.next() == JsonToken.END_ARRAY) {
                throw Refusal.malformed(i + " arguments (expected: " + parameters.length + ")");
            }
            arguments[i] = Node.readNullable(parameters[i], in);
            if (arguments[i] == null && parameters[i] instanceof Scalar scalar && scalar.primitive()) {
                throw Refusal.malformed("null for argument " + i + ", a primitive");
            }
        }
        if (in.next() != JsonToken.END_ARRAY) {
            throw Refusal.malformed("more than " + parameters.length + " arguments");
        }
        return arguments;
    }
}
