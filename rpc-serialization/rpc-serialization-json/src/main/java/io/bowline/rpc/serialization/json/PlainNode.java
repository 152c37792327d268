package io.bowline.rpc.serialization.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import io.bowline.rpc.wire.value.Refusal;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of a call without a contract: plain JSON, no tags. A tag for the other side is a member like any other. */
final class PlainNode implements Node {
    static final PlainNode INSTANCE = new PlainNode();

    private PlainNode() {}

    @Override
    public void write(Object value, JsonGenerator out) throws IOException {
        if (value instanceof Map<?, ?> map) {
            writeMap(map, out);
        } else if (value instanceof Collection<?> collection) {
            out.writeStartArray();
            for (Object each : collection) {
                Node.writeNullable(this, each, out);
            }
            out.writeEndArray();
        } else {
            writeScalar(value, out);
        }
    }

    private static void writeScalar(Object value, JsonGenerator out) throws IOException {
        Class<?> type = value.getClass();
        boolean plain = value instanceof Number || value instanceof Boolean || value instanceof String;
        Scalar scalar = plain ? Scalar.find(type) : null;
        if (scalar == null) {
            throw Refusal.notSerializable(
                    "a " + type.getName()
                            + " in a call without a contract (expected: Map, List, String, Number, Boolean"
                            + " or null)",
                    "pass a record as a Map, and dates, enums and bytes as text");
        }
        scalar.write(value, out);
    }

    /** The tag goes first, where its reader needs it, whatever the map's order. */
    private void writeMap(Map<?, ?> map, JsonGenerator out) throws IOException {
        out.writeStartObject();
        Object tag = map.get(Tag.TYPE);
        if (tag != null) {
            out.writeFieldName(Tag.TYPE);
            write(tag, out);
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object key = entry.getKey();
            if (tag == null || !Tag.TYPE.equals(key)) {
                out.writeFieldName(name(key));
                Node.writeNullable(this, entry.getValue(), out);
            }
        }
        out.writeEndObject();
    }

    private static String name(@Nullable Object key) {
        if (key instanceof String || key instanceof Number || key instanceof Boolean) {
            return key.toString();
        }
        throw Refusal.notSerializable(
                "a map with keys that are no text in a call without a contract",
                "pass text, or a list of pairs where the other side declares other keys");
    }

    @Override
    public Object read(Source in) throws IOException {
        return switch (in.token()) {
            case VALUE_STRING -> in.parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> AnyNode.whole(in);
            case VALUE_NUMBER_FLOAT -> fraction(in.parser.getText());
            case START_ARRAY -> list(in);
            case START_OBJECT -> object(in);
            default -> throw in.unexpected("a value");
        };
    }

    /** The type that prints the digits which arrived: money keeps its scale. */
    private static Object fraction(String text) {
        double number = Double.parseDouble(text);
        return Double.toString(number).equals(text) ? (Object) number : new BigDecimal(text);
    }

    private List<@Nullable Object> list(Source in) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        while (in.next() != JsonToken.END_ARRAY) {
            list.add(Node.readNullable(this, in));
        }
        return list;
    }

    private Map<String, @Nullable Object> object(Source in) throws IOException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (in.next() != JsonToken.END_OBJECT) {
            String name = in.parser.currentName();
            in.next();
            map.put(name, Node.readNullable(this, in));
        }
        return map;
    }
}
