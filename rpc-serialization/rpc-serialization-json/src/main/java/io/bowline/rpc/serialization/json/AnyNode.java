package io.bowline.rpc.serialization.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import io.bowline.rpc.wire.value.Containers;
import io.bowline.rpc.wire.value.Refusal;
import java.io.IOException;
import java.math.BigInteger;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code Object}, or a JDK supertype of values, inside a contract: whatever the gate lets through may stand there. What
 * JSON says by itself (text, int, double, true, false, lists, maps with names) is bare; all else has a tag.
 */
final class AnyNode implements Node {
    private final Class<?> declared;
    private final Nodes nodes;
    private final CollectionNode list = new CollectionNode(List.class, this, ArrayList::new);
    private final MapNode map = new MapNode(Map.class, this, this, new KeyText.Open(true), LinkedHashMap::new);

    AnyNode(Class<?> declared, Nodes nodes) {
        this.declared = declared;
        this.nodes = nodes;
    }

    @Override
    public void write(Object value, JsonGenerator out) throws IOException {
        if (value instanceof String text) {
            JsonText.write(text, out);
        } else if (value instanceof Integer number) {
            out.writeNumber(number);
        } else if (value instanceof Double number && Double.isFinite(number)) {
            out.writeNumber(number.toString());
        } else if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else if (value instanceof List<?>) {
            list.write(value, out);
        } else if (value instanceof Map<?, ?> entries && map.isObject(entries)) {
            map.write(value, out);
        } else {
            writeTagged(value, out);
        }
    }

    private void writeTagged(Object value, JsonGenerator out) throws IOException {
        Class<?> type = named(value);
        Node node = value instanceof Map ? map : nodes.find(type);
        if (node == null) {
            throw Refusal.notSerializable(
                    "a " + type.getName() + " stands where " + declared.getName()
                            + " is declared, and the contract does not hold it",
                    "register it, on the client and on the server");
        }
        Tag.write(type.getName(), node, value, out);
    }

    /** The class that the tag names: the public one where the JDK or an enum hides the value's own. */
    private static Class<?> named(Object value) {
        if (value instanceof Enum<?> constant) {
            return constant.getDeclaringClass();
        }
        if (value instanceof Map) {
            return LinkedHashMap.class;
        }
        if (value instanceof Collection) {
            return Containers.usual(Collection.class, value);
        }
        return value instanceof ZoneId && !(value instanceof ZoneOffset) ? ZoneId.class : value.getClass();
    }

    @Override
    public Object read(Source in) throws IOException {
        Object value = switch (in.token()) {
            case VALUE_STRING -> in.parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> whole(in);
            case VALUE_NUMBER_FLOAT -> in.parser.getDoubleValue();
            case START_ARRAY -> list.read(in);
            case START_OBJECT -> object(in);
            default -> throw in.unexpected("a value");
        };
        if (!declared.isInstance(value)) {
            throw Refusal.malformed("a " + value.getClass().getName() + " for " + declared.getName());
        }
        return value;
    }

    static Object whole(Source in) throws IOException {
        return switch (in.parser.getNumberType()) {
            case INT -> in.parser.getIntValue();
            case LONG -> in.parser.getLongValue();
            default -> new BigInteger(in.parser.getText());
        };
    }

    private Object object(Source in) throws IOException {
        JsonToken first = in.next();
        String name = first == JsonToken.FIELD_NAME ? Tag.read(in) : null;
        if (name == null) {
            return map.readMembers(in);
        }
        Node node = name.equals(LinkedHashMap.class.getName()) ? map : nodes.find(name);
        if (node == null) {
            throw Refusal.malformed("a type outside the contract");
        }
        return Tag.content(node, in);
    }
}
