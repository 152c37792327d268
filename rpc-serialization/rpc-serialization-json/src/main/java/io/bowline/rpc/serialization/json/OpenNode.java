package io.bowline.rpc.serialization.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import io.bowline.rpc.wire.value.Refusal;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A declared type with subtypes: the object says by tag which of them it is. The declared class itself, where it can be
 * made, needs none.
 */
final class OpenNode implements Node {
    private final Class<?> declared;
    private final @Nullable Nodes exceptions;
    private @Nullable StructureNode self;
    private Map<String, Node> subtypes = Map.of();

    /** For exceptions the whole gate counts, because any of them may be a cause. */
    OpenNode(Class<?> declared, @Nullable Nodes exceptions) {
        this.declared = declared;
        this.exceptions = exceptions;
    }

    /** Completes the node, before it is used. */
    void link(@Nullable StructureNode self, Map<String, Node> subtypes) {
        this.self = self;
        this.subtypes = Map.copyOf(subtypes);
    }

    @Override
    public void write(Object value, JsonGenerator out) throws IOException {
        if (self != null && value.getClass() == declared) {
            self.write(value, out);
            return;
        }
        Class<?> type = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
        Node node = subtypes.get(type.getName());
        if (node == null && exceptions != null) {
            node = exceptions.find(type);
        }
        if (node == null) {
            throw Refusal.notSerializable(
                    "a " + type.getName() + " stands where " + declared.getName()
                            + " is declared, and the contract does not hold it",
                    "register it as a subtype, on the client and on the server");
        }
        Tag.write(type.getName(), node, value, out);
    }

    @Override
    public Object read(Source in) throws IOException {
        in.require(JsonToken.START_OBJECT, "an object for " + declared.getName());
        in.next();
        String name = Tag.read(in);
        if (name == null) {
            if (self == null) {
                throw Refusal.malformed("an object for " + declared.getName() + " that does not begin with @type");
            }
            return self.readParts(in);
        }
        Object value = Tag.content(find(name), in);
        if (!declared.isInstance(value)) {
            throw Refusal.malformed("a type that is no " + declared.getName());
        }
        return value;
    }

    private Node find(String name) {
        if (self != null && name.equals(declared.getName())) {
            return self;
        }
        Node node = subtypes.get(name);
        if (node == null && exceptions != null && exceptions.find(name) instanceof StructureNode known) {
            node = known;
        }
        if (node == null) {
            throw Refusal.malformed("a type that may not stand where " + declared.getName() + " is declared");
        }
        return node;
    }
}
