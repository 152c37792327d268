package io.bowline.rpc.serialization.protostuff;

import java.util.ArrayList;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a container behind one header: {@code count << 2 | set << 1 | nulls}. Where there are nulls, a byte
 * before each element says whether one follows. An element takes a byte or more either way, so a count is checked
 * against the bytes that are left.
 */
final class Elements {
    static final int NULLS = 1;
    static final int SET = 2;
    /** What is taken on a count's word; beyond that a list grows as its elements arrive. */
    private static final int TRUSTED = 1024;

    private Elements() {}

    static void write(Collection<?> elements, int flags, ValueCodec codec, Writer out) {
        int mark = out.enter();
        int begin = out.position();
        if (!writeAll(elements, flags, codec, out)) {
            out.backTo(begin);
            writeAll(elements, flags | NULLS, codec, out);
        }
        out.leave(mark);
    }

    /** Whether that went without an unexpected null. */
    private static boolean writeAll(Collection<?> elements, int flags, ValueCodec codec, Writer out) {
        int left = elements.size();
        out.varInt(left << 2 | flags);
        if (elements instanceof List<?> list && elements instanceof RandomAccess && flags == 0) {
            return writeAll(list, codec, out);
        }
        for (Object element : elements) {
            if (!one(element, (flags & NULLS) != 0, codec, out)) {
                return false;
            }
            left--;
        }
        requireAll(left);
        return true;
    }

    /** The usual list, without an iterator; whether there was no null. */
    private static boolean writeAll(List<?> elements, ValueCodec codec, Writer out) {
        int count = elements.size();
        for (int i = 0; i < count; i++) {
            Object element = elements.get(i);
            if (element == null) {
                return false;
            }
            codec.write(element, out);
        }
        requireAll(elements.size() - count);
        return true;
    }

    /** Writes an element; whether it could be written this way. */
    static boolean one(@Nullable Object element, boolean nulls, ValueCodec codec, Writer out) {
        if (nulls) {
            out.bool(element != null);
        } else if (element == null) {
            return false;
        }
        if (element != null) {
            codec.write(element, out);
        }
        return true;
    }

    static void requireAll(int left) {
        if (left != 0) {
            throw new ConcurrentModificationException("a container changed while it was written");
        }
    }

    /** How many elements a header promises, checked. */
    static int count(int header, Reader in) {
        return in.checked(header >>> 2);
    }

    /** A capacity for a count that came off the wire. */
    static int capacity(int count) {
        return Math.min(count, TRUSTED);
    }

    static @Nullable Object one(int header, ValueCodec codec, Reader in) {
        return (header & NULLS) == 0 || in.bool() ? codec.read(in) : null;
    }

    static List<@Nullable Object> read(int header, ValueCodec codec, Reader in) {
        int count = count(header, in);
        List<@Nullable Object> elements = new ArrayList<>(capacity(count));
        for (int i = 0; i < count; i++) {
            elements.add(one(header, codec, in));
        }
        return elements;
    }
}
