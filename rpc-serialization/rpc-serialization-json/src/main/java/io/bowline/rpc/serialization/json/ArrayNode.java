package io.bowline.rpc.serialization.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import io.bowline.rpc.wire.value.Refusal;
import java.io.IOException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An array of anything but bytes: a JSON array. */
final class ArrayNode implements Node {
    private final Class<?> component;
    private final Node element;

    ArrayNode(Class<?> component, Node element) {
        this.component = component;
        this.element = element;
    }

    @Override
    public void write(Object value, JsonGenerator out) throws IOException {
        if (value instanceof int[] ints) {
            out.writeArray(ints, 0, ints.length);
        } else if (value instanceof long[] longs) {
            out.writeArray(longs, 0, longs.length);
        } else {
            out.writeStartArray();
            int length = Array.getLength(value);
            for (int i = 0; i < length; i++) {
                Node.writeNullable(element, Array.get(value, i), out);
            }
            out.writeEndArray();
        }
    }

    @Override
    public Object read(Source in) throws IOException {
        in.require(JsonToken.START_ARRAY, "an array");
        List<@Nullable Object> elements = new ArrayList<>();
        while (in.next() != JsonToken.END_ARRAY) {
            Object value = Node.readNullable(element, in);
            if (value == null && component.isPrimitive()) {
                throw Refusal.malformed("null in an array of " + component.getName());
            }
            elements.add(value);
        }
        Object array = Array.newInstance(component, elements.size());
        for (int i = 0; i < elements.size(); i++) {
            Array.set(array, i, elements.get(i));
        }
        return array;
    }
}
