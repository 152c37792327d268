package io.bowline.rpc.serialization.json;

import io.bowline.rpc.wire.Kind;
import io.bowline.rpc.wire.ResolvedType;
import io.bowline.rpc.wire.value.Refusal;
import io.bowline.rpc.wire.value.Text;
import org.jspecify.annotations.Nullable;

/** Keys of a map as names of members, where their declared type has a text. */
sealed interface KeyText {
    /** The name of a key, or null where only a pair can hold it. */
    @Nullable
    String of(Object key);

    Object parse(String name);

    static KeyText of(ResolvedType key) {
        if (key.kind() == Kind.ENUM) {
            return new Names(new EnumNode(key.raw()));
        }
        Text text = key.kind() == Kind.VALUE ? Text.find(key.raw()) : null;
        if (text != null) {
            return new Values(text);
        }
        return new Open(key.kind() == Kind.ANY && key.raw().isAssignableFrom(String.class));
    }

    record Names(EnumNode constants) implements KeyText {
        @Override
        public String of(Object key) {
            return ((Enum<?>) key).name();
        }

        @Override
        public Object parse(String name) {
            return constants.constant(name);
        }
    }

    record Values(Text text) implements KeyText {
        @Override
        public @Nullable String of(Object key) {
            String name = text.of(key);
            return JsonText.isPaired(name) ? name : null;
        }

        @Override
        public Object parse(String name) {
            return text.parse(name);
        }
    }

    /** Keys of an open type: only text itself has a name, and only where text may stand. */
    record Open(boolean strings) implements KeyText {
        @Override
        public @Nullable String of(Object key) {
            return strings && key instanceof String name && !name.startsWith("@") && JsonText.isPaired(name)
                    ? name
                    : null;
        }

        @Override
        public Object parse(String name) {
            if (!strings) {
                throw Refusal.malformed(
                        "a JSON object for a map whose keys have no text (expected: an array of pairs)");
            }
            return name;
        }
    }
}
