package io.bowline.rpc;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable, small, ordered set of text labels that travels ahead of a body and can be read without it.
 *
 * <p>Keys are compared exactly. Look-up is a linear scan: metadata is meant to stay under a dozen entries, and the
 * transport bounds its total size.
 */
public final class Metadata {
    /** No labels. */
    public static final Metadata EMPTY = new Metadata(new String[0]);

    /**
     * How the keys of baggage begin: labels that go on, by themselves, with the calls that a handler makes while it serves
     * the call that they came with, and so through a whole chain of services.
     */
    public static final String BAGGAGE = "baggage.";

    /** Key, value, key, value … */
    private final String[] pairs;

    private Metadata(String[] pairs) {
        this.pairs = pairs;
    }

    /** One label. */
    public static Metadata of(String key, String value) {
        return EMPTY.with(key, value);
    }

    /** The map's labels, in its order. */
    public static Metadata of(Map<String, String> labels) {
        Metadata metadata = EMPTY;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            metadata = metadata.with(label.getKey(), label.getValue());
        }
        return metadata;
    }

    /** These labels and one more; a label of the same key is replaced. */
    public Metadata with(String key, String value) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("metadata key: '' (expected: not empty)");
        }
        int at = indexOf(key);
        if (at >= 0) {
            String[] copy = pairs.clone();
            copy[at + 1] = value;
            return new Metadata(copy);
        }
        String[] copy = Arrays.copyOf(pairs, pairs.length + 2);
        copy[pairs.length] = key;
        copy[pairs.length + 1] = value;
        return new Metadata(copy);
    }

    /** These labels and the other's; where both have a key, the other's value stands. */
    public Metadata with(Metadata other) {
        if (isEmpty()) {
            return other;
        }
        Metadata merged = this;
        for (int i = 0; i < other.pairs.length; i += 2) {
            merged = merged.with(other.pairs[i], other.pairs[i + 1]);
        }
        return merged;
    }

    /** The value of a label, or null. */
    public @Nullable String get(String key) {
        int at = indexOf(key);
        return at < 0 ? null : pairs[at + 1];
    }

    /** The labels among these that are {@link #BAGGAGE}. */
    public Metadata baggage() {
        Metadata baggage = EMPTY;
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].startsWith(BAGGAGE)) {
                baggage = baggage.with(pairs[i], pairs[i + 1]);
            }
        }
        return baggage;
    }

    public int size() {
        return pairs.length / 2;
    }

    public boolean isEmpty() {
        return pairs.length == 0;
    }

    /** Shows each label to the visitor, in order. */
    public void forEach(BiConsumer<? super String, ? super String> visitor) {
        for (int i = 0; i < pairs.length; i += 2) {
            visitor.accept(pairs[i], pairs[i + 1]);
        }
    }

    private int indexOf(String key) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private Map<String, String> toMap() {
        Map<String, String> map = new TreeMap<>();
        forEach(map::put);
        return map;
    }

    /** Equal when both hold the same labels, in whatever order. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Metadata that && size() == that.size() && toMap().equals(that.toMap());
    }

    @Override
    public int hashCode() {
        return toMap().hashCode();
    }

    /** Names the keys only: values may be secrets. */
    @Override
    public String toString() {
        return "Metadata" + toMap().keySet();
    }
}
