package io.bowline.rpc.serialization.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import io.bowline.rpc.wire.value.Containers;
import java.io.IOException;
import java.util.Collection;
import java.util.function.Supplier;

/** A collection whose declared type says which kind it is: a JSON array. */
final class CollectionNode implements Node {
    private final Class<?> declared;
    private final Node element;
    private final Supplier<Collection<Object>> empty;

    CollectionNode(Class<?> declared, Node element, Supplier<Collection<Object>> empty) {
        this.declared = declared;
        this.element = element;
        this.empty = empty;
    }

    @Override
    public void write(Object value, JsonGenerator out) throws IOException {
        Containers.requireNaturalOrder(declared, value);
        out.writeStartArray();
        for (Object each : (Collection<?>) value) {
            Node.writeNullable(element, each, out);
        }
        out.writeEndArray();
    }

    @Override
    @SuppressWarnings("NullAway") // the user's collections may hold null; those that may not throw, and are told so
    public Object read(Source in) throws IOException {
        in.require(JsonToken.START_ARRAY, "an array");
        Collection<Object> collection = empty.get();
        Collection<Object> filling = Containers.filling(collection);
        while (in.next() != JsonToken.END_ARRAY) {
            filling.add(Node.readNullable(element, in));
        }
        return Containers.filled(collection, filling);
    }
}
