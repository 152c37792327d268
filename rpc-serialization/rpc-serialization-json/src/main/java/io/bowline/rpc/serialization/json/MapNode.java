package io.bowline.rpc.serialization.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import io.bowline.rpc.wire.value.Containers;
import io.bowline.rpc.wire.value.Refusal;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A map: an object where every key has a name, else an array of pairs. Both are read. */
final class MapNode implements Node {
    private final Class<?> declared;
    private final Node key;
    private final Node value;
    private final KeyText names;
    private final Supplier<Map<Object, Object>> empty;

    MapNode(Class<?> declared, Node key, Node value, KeyText names, Supplier<Map<Object, Object>> empty) {
        this.declared = declared;
        this.key = key;
        this.value = value;
        this.names = names;
        this.empty = empty;
    }

    /** Whether every key can be the name of a member. */
    boolean isObject(Map<?, ?> map) {
        for (Object each : map.keySet()) {
            if (each == null || names.of(each) == null) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void write(Object written, JsonGenerator out) throws IOException {
        Containers.requireNaturalOrder(declared, written);
        Map<?, ?> map = (Map<?, ?>) written;
        if (isObject(map)) {
            out.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.writeFieldName(names.of(entry.getKey()));
                Node.writeNullable(value, entry.getValue(), out);
            }
            out.writeEndObject();
        } else {
            writePairs(map, out);
        }
    }

    private void writePairs(Map<?, ?> map, JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.writeStartArray();
            Node.writeNullable(key, entry.getKey(), out);
            Node.writeNullable(value, entry.getValue(), out);
            out.writeEndArray();
        }
        out.writeEndArray();
    }

    @Override
    public Object read(Source in) throws IOException {
        if (in.token() == JsonToken.START_OBJECT) {
            in.next();
            return readMembers(in);
        }
        in.require(JsonToken.START_ARRAY, "an object, or an array of pairs");
        return readPairs(in);
    }

    /** Reads from the first member's name, which is the current token, to the end of the object. */
    Map<Object, Object> readMembers(Source in) throws IOException {
        Map<Object, Object> map = empty.get();
        for (JsonToken token = in.token(); token == JsonToken.FIELD_NAME; token = in.next()) {
            Object parsed = names.parse(in.parser.currentName());
            in.next();
            put(map, parsed, Node.readNullable(value, in));
        }
        return map;
    }

    private Map<Object, Object> readPairs(Source in) throws IOException {
        Map<Object, Object> map = empty.get();
        while (in.next() != JsonToken.END_ARRAY) {
            in.require(JsonToken.START_ARRAY, "a pair of key and value");
            in.next();
            Object parsed = Node.readNullable(key, in);
            in.next();
            put(map, parsed, Node.readNullable(value, in));
            if (in.next() != JsonToken.END_ARRAY) {
                throw Refusal.malformed("a pair of more than key and value");
            }
        }
        return map;
    }

    @SuppressWarnings("NullAway") // the user's maps may hold null; those that may not throw, and are told so
    private static void put(Map<Object, Object> map, @Nullable Object key, @Nullable Object value) {
        map.put(key, value);
    }
}
