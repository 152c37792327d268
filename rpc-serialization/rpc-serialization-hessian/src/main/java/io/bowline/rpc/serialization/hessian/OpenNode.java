package io.bowline.rpc.serialization.hessian;

import io.bowline.rpc.wire.value.Refusal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A declared type with subtypes: the definition of the object's class says which of them it is. */
final class OpenNode implements Node {
    private final Class<?> declared;
    private final @Nullable Nodes exceptions;
    private Map<String, Node> subtypes = Map.of();

    /** For exceptions the whole gate counts, because any of them may be a cause. */
    OpenNode(Class<?> declared, @Nullable Nodes exceptions) {
        this.declared = declared;
        this.exceptions = exceptions;
    }

    /** Completes the node, before it is used. */
    void link(Map<String, Node> subtypes) {
        this.subtypes = Map.copyOf(subtypes);
    }

    @Override
    public void write(Object value, HessianWriter out) {
        Node node = of(value);
        if (node == null) {
            throw Refusal.notSerializable(
                    "a " + value.getClass().getName() + " stands where " + declared.getName()
                            + " is declared, and the contract does not hold it",
                    "register it as a subtype, on the client and on the server");
        }
        node.write(value, out);
    }

    @Override
    public Object read(int tag, HessianReader in) {
        if (tag == Tags.REF) {
            return in.reference(this, this::of);
        }
        if (!Tags.isObject(tag)) {
            Node self = subtypes.get(declared.getName());
            if (self == null) {
                throw HessianInput.unexpected(tag, "an object for " + declared.getName());
            }
            return self.read(tag, in);
        }
        Node node = find(in.definition(tag).type);
        if (node == null) {
            throw Refusal.malformed("a type that may not stand where " + declared.getName() + " is declared");
        }
        Object value = node.read(tag, in);
        if (!declared.isInstance(value)) {
            throw Refusal.malformed("a type that is no " + declared.getName());
        }
        return value;
    }

    private @Nullable Node of(Object value) {
        Class<?> type = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
        Node node = subtypes.get(type.getName());
        return node == null && exceptions != null && declared.isInstance(value) ? exceptions.find(type) : node;
    }

    private @Nullable Node find(String type) {
        Node node = subtypes.get(type);
        return node == null && exceptions != null ? exceptions.find(type) : node;
    }
}
