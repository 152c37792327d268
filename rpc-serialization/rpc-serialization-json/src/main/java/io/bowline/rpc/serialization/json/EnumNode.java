package io.bowline.rpc.serialization.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.bowline.rpc.wire.value.Refusal;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** An enum: the name of its constant, body or not. */
final class EnumNode implements Node {
    private final Class<?> type;
    private final Map<String, Object> constants = new HashMap<>();

    EnumNode(Class<?> type) {
        this.type = type;
        for (Object constant : type.getEnumConstants()) {
            constants.put(((Enum<?>) constant).name(), constant);
        }
    }

    @Override
    public void write(Object value, JsonGenerator out) throws IOException {
        out.writeString(((Enum<?>) value).name());
    }

    @Override
    public Object read(Source in) throws IOException {
        return constant(in.string("a constant of " + type.getName()));
    }

    Object constant(String name) {
        Object constant = constants.get(name);
        if (constant == null) {
            throw Refusal.malformed("a name that " + type.getName() + " does not have");
        }
        return constant;
    }
}
