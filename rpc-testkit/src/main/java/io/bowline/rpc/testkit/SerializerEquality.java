package io.bowline.rpc.testkit;

import io.bowline.rpc.wire.Property;
import io.bowline.rpc.wire.ResolvedType;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Whether two values are the same to a user: part by part, where {@code equals} does not look into the parts. */
final class SerializerEquality {
    private SerializerEquality() {}

    static boolean same(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return a == null && b == null;
        }
        if (a instanceof List || a instanceof Set || a instanceof Deque) {
            return sameKind(a, b) && (ordered(a) ? inOrder((Collection<?>) a, (Collection<?>) b) : a.equals(b));
        }
        if (a instanceof Map<?, ?> map) {
            return b instanceof Map<?, ?> other && sameMap(map, other);
        }
        if (a instanceof Optional<?> optional) {
            return b instanceof Optional<?> other && same(optional.orElse(null), other.orElse(null));
        }
        if (a.getClass() != b.getClass()) {
            return false;
        }
        if (a.getClass().isArray()) {
            return sameArray(a, b);
        }
        ResolvedType type = ResolvedType.of(a.getClass());
        return switch (type.kind()) {
            case RECORD, BEAN -> sameProperties(type, a, b);
            case EXCEPTION ->
                sameProperties(type, a, b)
                        && Objects.equals(((Throwable) a).getMessage(), ((Throwable) b).getMessage())
                        && same(((Throwable) a).getCause(), ((Throwable) b).getCause());
            default -> a.equals(b);
        };
    }

    private static boolean sameKind(Object a, Object b) {
        if (a instanceof Deque && b instanceof Deque) {
            return true; // which class stands behind a declared Deque is nobody's business
        }
        return a instanceof List == b instanceof List
                && a instanceof Set == b instanceof Set
                && a instanceof SortedSet == b instanceof SortedSet;
    }

    private static boolean ordered(Object collection) {
        return !(collection instanceof Set) || collection instanceof SortedSet || collection instanceof LinkedHashSet;
    }

    private static boolean inOrder(Collection<?> a, Collection<?> b) {
        Iterator<?> others = b.iterator();
        for (Object one : a) {
            if (!others.hasNext() || !same(one, others.next())) {
                return false;
            }
        }
        return !others.hasNext();
    }

    private static boolean sameMap(Map<?, ?> a, Map<?, ?> b) {
        boolean ordered = a instanceof SortedMap || a instanceof LinkedHashMap;
        if (a.size() != b.size() || (ordered && !inOrder(a.keySet(), b.keySet()))) {
            return false;
        }
        return a.entrySet().stream()
                .allMatch(entry -> b.containsKey(entry.getKey()) && same(entry.getValue(), b.get(entry.getKey())));
    }

    private static boolean sameArray(Object a, Object b) {
        int length = Array.getLength(a);
        boolean same = length == Array.getLength(b);
        for (int i = 0; same && i < length; i++) {
            same = same(Array.get(a, i), Array.get(b, i));
        }
        return same;
    }

    private static boolean sameProperties(ResolvedType type, Object a, Object b) {
        for (Property property : Property.of(type)) {
            Field field = property.field();
            field.setAccessible(true);
            try {
                if (!same(field.get(a), field.get(b))) {
                    return false;
                }
            } catch (IllegalAccessException impossible) {
                throw new AssertionError(impossible);
            }
        }
        return true;
    }
}
