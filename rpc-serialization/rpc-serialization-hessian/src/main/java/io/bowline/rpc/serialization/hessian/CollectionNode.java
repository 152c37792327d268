package io.bowline.rpc.serialization.hessian;

import io.bowline.rpc.wire.value.Containers;
import java.util.Collection;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A collection whose declared type says which kind it is: a list, without a type unless its place needs one. */
final class CollectionNode implements Node {
    private final Class<?> declared;
    private final @Nullable String type;
    private final Node element;
    private final Supplier<Collection<Object>> empty;
    private final boolean hashed;

    CollectionNode(Class<?> declared, @Nullable String type, Node element, Supplier<Collection<Object>> empty) {
        this.declared = declared;
        this.type = type;
        this.element = element;
        this.empty = empty;
        this.hashed = Set.class.isAssignableFrom(declared);
    }

    @Override
    public void write(Object value, HessianWriter out) {
        Containers.requireNaturalOrder(declared, value);
        if (!out.begin(value, this, true)) {
            return;
        }
        Collection<?> collection = (Collection<?>) value;
        out.writeList(type, collection.size());
        if (hashed) {
            out.beginKey();
        }
        for (Object each : collection) {
            Node.writeNullable(element, each, out);
        }
        if (hashed) {
            out.endKey();
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
        return read(ListHead.read(tag, in), in);
    }

    @SuppressWarnings("NullAway") // the user's collections may hold null; those that may not throw, and are told so
    Object read(ListHead head, HessianReader in) {
        Collection<Object> collection = empty.get();
        int number = in.begin(this, collection);
        Collection<Object> filling = Containers.filling(collection);
        if (hashed) {
            in.beginKey();
        }
        for (int i = 0; head.more(i, in); i++) {
            filling.add(Node.readNullable(element, in));
        }
        if (hashed) {
            in.endKey();
        }
        return in.end(number, Containers.filled(collection, filling));
    }
}
