package io.bowline.rpc.serialization.hessian;

import io.bowline.rpc.wire.value.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An enum: an object of its class with the one field {@code name}. Bare text is read, too. */
final class EnumNode implements Node {
    private static final String FIELD = "name";

    private final Class<?> type;
    private final Map<String, Object> constants = new HashMap<>();

    EnumNode(Class<?> type) {
        this.type = type;
        for (Object constant : type.getEnumConstants()) {
            constants.put(((Enum<?>) constant).name(), constant);
        }
    }

    @Override
    public void write(Object value, HessianWriter out) {
        if (out.begin(value, this, false)) {
            out.writeObject(type.getName(), List.of(FIELD));
            Primitives.writeString(((Enum<?>) value).name(), out.out);
            out.end(value);
        }
    }

    @Override
    public Object read(int tag, HessianReader in) {
        if (Tags.isText(tag)) {
            return constant(in.in.string(tag));
        }
        return tag == Tags.REF ? in.reference(this) : TextNode.wrapped(tag, this, type, FIELD, this::constant, in);
    }

    private Object constant(String name) {
        Object constant = constants.get(name);
        if (constant == null) {
            throw Refusal.malformed("a name that " + type.getName() + " does not have");
        }
        return constant;
    }
}
