package io.bowline.rpc.wire.value;

import io.bowline.rpc.RpcException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The text form of one JDK value type. What comes out of {@link #parse} equals what went into {@link #of}: a value that
 * its text cannot keep is refused. Thread-safe.
 */
public final class Text {
    private final Class<?> type;
    private final int longest;
    private final Function<Object, String> write;
    private final Function<String, Object> read;

    Text(Class<?> type, int longest, Function<Object, String> write, Function<String, Object> read) {
        this.type = type;
        this.longest = longest;
        this.write = write;
        this.read = read;
    }

    /** The text form of a type, or null for a type that has none. Wrappers stand for their primitives. */
    public static @Nullable Text find(Class<?> type) {
        return Texts.find(type);
    }

    /** The type that {@link #parse} makes. */
    public Class<?> type() {
        return type;
    }

    /**
     * The text of a value.
     *
     * @throws RpcException {@code NOT_SERIALIZABLE} for a subclass and for a value that would not come back equal
     */
    public String of(Object value) {
        if (!Texts.holds(type, value)) {
            throw Refusal.notSerializable(
                    "a " + value.getClass().getName() + " stands where " + type.getName() + " is declared",
                    "pass exactly the declared type");
        }
        String text = write.apply(value);
        if (text.length() > longest) {
            throw Refusal.notSerializable(
                    "a " + type.getName() + " of " + text.length() + " characters (expected: at most " + longest + ")",
                    "pass it as bytes");
        }
        return text;
    }

    /**
     * The value of a text.
     *
     * @throws RpcException {@code MALFORMED_DATA}
     */
    public Object parse(String text) {
        if (text.length() > longest) {
            throw Refusal.malformed(
                    type.getName() + " of " + text.length() + " characters (expected: at most " + longest + ")");
        }
        try {
            return read.apply(text);
        } catch (RuntimeException e) {
            throw Refusal.malformed("text that is no " + type.getName(), e);
        }
    }
}
