package io.bowline.rpc.serialization.hessian;

import io.bowline.rpc.wire.value.Refusal;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An array of anything but bytes: a list with the type that Hessian has for arrays. */
final class ArrayNode implements Node {
    private final Class<?> component;
    private final Node element;
    private final String type;

    ArrayNode(Class<?> component, Node element) {
        this.component = component;
        this.element = element;
        this.type = ArrayTypes.name(component);
    }

    @Override
    public void write(Object value, HessianWriter out) {
        if (!out.begin(value, this, false)) {
            return;
        }
        int length = Array.getLength(value);
        out.writeList(type, length);
        if (value instanceof int[] ints) {
            for (int each : ints) {
                Primitives.writeInt(each, out.out);
            }
        } else {
            for (int i = 0; i < length; i++) {
                Node.writeNullable(element, Array.get(value, i), out);
            }
        }
        out.end(value);
    }

    @Override
    public Object read(int tag, HessianReader in) {
        if (tag == Tags.REF) {
            return in.reference(this);
        }
        if (!Tags.isList(tag)) {
            throw HessianInput.unexpected(tag, "a list");
        }
        int number = in.begin(this);
        return in.end(number, elements(ListHead.read(tag, in), in));
    }

    /** Grows as elements arrive: a length is a claim. */
    private Object elements(ListHead head, HessianReader in) {
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; head.more(i, in); i++) {
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

    /** As the value of a list whose head, with this array's type, is read already. */
    Object read(ListHead head, int number, HessianReader in) {
        return in.end(number, elements(head, in));
    }
}
