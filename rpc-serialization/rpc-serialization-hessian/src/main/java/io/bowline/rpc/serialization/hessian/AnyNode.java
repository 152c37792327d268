package io.bowline.rpc.serialization.hessian;

import io.bowline.rpc.wire.value.Refusal;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code Object}, or a JDK supertype of values: whatever the gate lets through may stand there. Hessian says by itself
 * what most values are.
 */
@SuppressWarnings("JavaUtilDate") // Hessian's date is a Date
final class AnyNode implements Node {
    private final Class<?> declared;
    private final Nodes nodes;

    AnyNode(Class<?> declared, Nodes nodes) {
        this.declared = declared;
        this.nodes = nodes;
    }

    @Override
    public void write(Object value, HessianWriter out) {
        Node node = of(value);
        if (node == null) {
            throw Refusal.notSerializable(
                    "a " + value.getClass().getName() + " stands where " + declared.getName()
                            + " is declared, and the contract does not hold it",
                    "register it, on the client and on the server");
        }
        node.write(value, out);
    }

    /** The node that writes and reads a value in such a place. */
    private @Nullable Node of(Object value) {
        if (value instanceof Collection) {
            return nodes.anyCollection();
        }
        if (value instanceof Map) {
            return nodes.anyMap();
        }
        if (value instanceof Enum<?> constant) {
            return nodes.find(constant.getDeclaringClass());
        }
        boolean region = value instanceof ZoneId && !(value instanceof ZoneOffset);
        return nodes.find(region ? ZoneId.class : value.getClass());
    }

    /** The node that read a value which a reference names: a collection's own, by its kind. */
    private @Nullable Node reader(Object value) {
        return value instanceof Collection
                ? nodes.anyCollection().find(value.getClass().getName())
                : of(value);
    }

    @Override
    public Object read(int tag, HessianReader in) {
        Object value = tag == Tags.REF ? in.reference(this, this::reader) : value(tag, in);
        if (!declared.isInstance(value)) {
            throw Refusal.malformed("a " + value.getClass().getName() + " for " + declared.getName());
        }
        return value;
    }

    private Object value(int tag, HessianReader in) {
        if (Tags.isText(tag)) {
            return in.in.string(tag);
        }
        if (Tags.isInt(tag)) {
            return (int) in.in.whole(tag);
        }
        if (Tags.isLong(tag)) {
            return in.in.whole(tag);
        }
        if (Tags.isDouble(tag)) {
            return in.in.fraction(tag);
        }
        if (Tags.isBinary(tag)) {
            return in.in.binary(tag);
        }
        return switch (tag) {
            case Tags.TRUE -> true;
            case Tags.FALSE -> false;
            case Tags.DATE, Tags.DATE_MINUTES -> new Date(in.in.date(tag));
            case Tags.MAP, Tags.MAP_TYPED -> nodes.anyMap().read(tag, in);
            default -> Tags.isList(tag) ? list(tag, in) : object(tag, in);
        };
    }

    private Object list(int tag, HessianReader in) {
        ListHead head = ListHead.read(tag, in);
        String array = head.type() == null ? null : ArrayTypes.className(head.type());
        if (array == null) {
            return nodes.anyCollection().read(head, in);
        }
        if (nodes.find(array) instanceof ArrayNode node) {
            return node.read(head, in.begin(node), in);
        }
        throw Refusal.malformed("an array of a type outside the contract");
    }

    private Object object(int tag, HessianReader in) {
        if (!Tags.isObject(tag)) {
            throw HessianInput.unexpected(tag, "a value");
        }
        Node node = nodes.find(in.definition(tag).type);
        if (node == null) {
            throw Refusal.malformed("a type outside the contract");
        }
        return node.read(tag, in);
    }
}
