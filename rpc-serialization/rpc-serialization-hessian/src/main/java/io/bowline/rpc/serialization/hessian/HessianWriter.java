package io.bowline.rpc.serialization.hessian;

import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.WireOutput;
import io.bowline.rpc.wire.value.Refusal;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes one message: lists, maps and objects with their references, definitions of classes and names of types. Values
 * without references are written by {@link Primitives}. Used by one thread for one message.
 *
 * <p>Every list, map and object has a number, whether or not anything refers to it, because its reader counts the same
 * way. Keys and elements of sets are written in full and bear no references: a hash over shared parts takes time
 * exponential in the levels of sharing, so the reader refuses them there.
 */
@SuppressWarnings("ReferenceEquality") // nodes are compared by identity
final class HessianWriter {
    /** Levels of nesting, written and read: what is written can be read, and recursion stays far from the stack's end. */
    static final int MAX_DEPTH = 512;

    private record Written(int number, Node by, boolean whole) {}

    final WireOutput out;
    private final IdentityHashMap<Object, Written> written = new IdentityHashMap<>();
    private final Map<String, Integer> definitions = new HashMap<>(4);
    private final Map<String, Integer> types = new HashMap<>(4);
    private int numbered;
    private int depth;
    private int keys;

    private HessianWriter(WireOutput out) {
        this.out = out;
    }

    /** Writes a message; what is written of one that is refused is taken back. */
    static void write(WireOutput out, Consumer<HessianWriter> body) {
        int start = out.size();
        boolean whole = false;
        try {
            body.accept(new HessianWriter(out));
            whole = true;
        } finally {
            if (!whole) {
                out.truncate(start);
            }
        }
    }

    void writeNull() {
        out.writeByte(Tags.NULL);
    }

    /**
     * Opens a list, a map or an object, unless it is written already and only a reference is due: then false.
     *
     * @param fillable whether its reader knows it before its parts, so that they may refer to it
     */
    boolean begin(Object value, Node by, boolean fillable) {
        Written before = keys > 0 ? null : written.get(value);
        if (before != null && before.by == by) {
            if (!before.whole) {
                throw circular(value);
            }
            out.writeByte(Tags.REF);
            Primitives.writeInt(before.number, out);
            return false;
        }
        if (++depth > MAX_DEPTH) {
            throw circular(value);
        }
        if (keys == 0) {
            written.put(value, new Written(numbered, by, fillable));
        }
        numbered++;
        return true;
    }

    /** Closes what {@link #begin} opened. */
    void end(Object value) {
        depth--;
        if (keys == 0) {
            Written before = written.get(value);
            if (before != null && !before.whole) {
                written.put(value, new Written(before.number, before.by, true));
            }
        }
    }

    /** Counts a small object without identity: a number as its text. */
    void beginValue() {
        numbered++;
    }

    /** What is written until {@link #endKey} is a key or the element of a set. */
    void beginKey() {
        keys++;
    }

    void endKey() {
        keys--;
    }

    private static RpcException circular(Object value) {
        return Refusal.notSerializable(
                "a " + value.getClass().getName() + " holds itself where it cannot, or more than " + MAX_DEPTH
                        + " levels",
                "let cycles run through beans, lists and maps, not through records, arrays, keys or sets");
    }

    /** The head of a list of known length. */
    void writeList(@Nullable String type, int length) {
        if (type == null) {
            if (length < 8) {
                out.writeByte(Tags.LIST_SHORT + length);
            } else {
                out.writeByte(Tags.LIST);
                Primitives.writeInt(length, out);
            }
        } else if (length < 8) {
            out.writeByte(Tags.LIST_TYPED_SHORT + length);
            writeType(type);
        } else {
            out.writeByte(Tags.LIST_TYPED);
            writeType(type);
            Primitives.writeInt(length, out);
        }
    }

    private void writeType(String type) {
        Integer known = types.putIfAbsent(type, types.size());
        if (known == null) {
            Primitives.writeString(type, out);
        } else {
            Primitives.writeInt(known, out);
        }
    }

    /** The head of an object, with the definition of its class where this is the first. */
    void writeObject(String type, List<String> fields) {
        Integer known = definitions.get(type);
        int number = known == null ? definitions.size() : known;
        if (known == null) {
            definitions.put(type, number);
            out.writeByte(Tags.CLASS);
            Primitives.writeString(type, out);
            Primitives.writeInt(fields.size(), out);
            for (String field : fields) {
                Primitives.writeString(field, out);
            }
        }
        if (number < 16) {
            out.writeByte(Tags.OBJECT_SHORT + number);
        } else {
            out.writeByte(Tags.OBJECT);
            Primitives.writeInt(number, out);
        }
    }
}
