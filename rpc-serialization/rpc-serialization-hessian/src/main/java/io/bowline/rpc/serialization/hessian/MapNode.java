package io.bowline.rpc.serialization.hessian;

import io.bowline.rpc.wire.value.Containers;
import java.util.Map;
import java.util.function.Supplier;

/** A map: without a type, because its declared type says enough; a type that arrives says nothing here. */
final class MapNode implements Node {
    private final Class<?> declared;
    private final Node key;
    private final Node value;
    private final Supplier<Map<Object, Object>> empty;

    MapNode(Class<?> declared, Node key, Node value, Supplier<Map<Object, Object>> empty) {
        this.declared = declared;
        this.key = key;
        this.value = value;
        this.empty = empty;
    }

    @Override
    public void write(Object written, HessianWriter out) {
        Containers.requireNaturalOrder(declared, written);
        if (!out.begin(written, this, true)) {
            return;
        }
        out.out.writeByte(Tags.MAP);
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) written).entrySet()) {
            out.beginKey();
            Node.writeNullable(key, entry.getKey(), out);
            out.endKey();
            Node.writeNullable(value, entry.getValue(), out);
        }
        out.out.writeByte(Tags.END);
        out.end(written);
    }

    @Override
    public Object read(int tag, HessianReader in) {
        if (tag == Tags.REF) {
            return in.reference(this);
        }
        if (!Tags.isMap(tag)) {
            throw HessianInput.unexpected(tag, "a map");
        }
        if (tag == Tags.MAP_TYPED) {
            in.type();
        }
        return entries(in);
    }

    @SuppressWarnings("NullAway") // the user's maps may hold null; those that may not throw, and are told so
    Object entries(HessianReader in) {
        Map<Object, Object> map = empty.get();
        int number = in.begin(this, map);
        while (!in.atEnd()) {
            in.beginKey();
            Object read = Node.readNullable(key, in);
            in.endKey();
            map.put(read, Node.readNullable(value, in));
        }
        return in.end(number, map);
    }
}
