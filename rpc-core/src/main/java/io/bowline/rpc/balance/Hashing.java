package io.bowline.rpc.balance;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Hashes that are the same in every process. */
public final class Hashing {
    private Hashing() {}

    /** The finalizer of SplitMix64 (G. Steele, D. Lea and C. Flood, 2014): every bit depends on every bit. */
    public static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** FNV-1a with 64 bits over the characters, then mixed; for what is hashed once. */
    public static long text(CharSequence text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return mix(hash);
    }

    /** The hash of a key, never {@link RequestKey#NONE} except for null. */
    static long key(@Nullable Object key) {
        if (key == null) {
            return RequestKey.NONE;
        }
        // The hash of a String is specified, and kept by the String.
        if (key instanceof String text) {
            return key(text.hashCode());
        }
        if (key instanceof Long || key instanceof Integer || key instanceof Short || key instanceof Byte) {
            return key(((Number) key).longValue());
        }
        if (key instanceof Enum<?> constant) {
            return key(constant.name().hashCode());
        }
        if (key instanceof UUID id) {
            return key(id.getMostSignificantBits() * 31 + id.getLeastSignificantBits());
        }
        if (key instanceof CharSequence text) {
            return key(text(text));
        }
        return key(key.hashCode());
    }

    static long key(long key) {
        long hash = mix(key + 0x9e3779b97f4a7c15L);
        return hash == RequestKey.NONE ? 1 : hash;
    }
}
