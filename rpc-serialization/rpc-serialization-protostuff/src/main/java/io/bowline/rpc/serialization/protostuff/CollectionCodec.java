package io.bowline.rpc.serialization.protostuff;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Collections of a declared type: what arrives is that type, or the usual class behind its interface. */
record CollectionCodec(
        Class<?> declared, ValueCodec elements, @Nullable Class<?> enumType) implements ValueCodec {
    @Override
    public int wireType() {
        return Wire.LENGTH;
    }

    @Override
    public void write(Object value, Writer out) {
        Collection<?> collection = (Collection<?>) value;
        if (SortedSet.class.isAssignableFrom(declared)) {
            requireNatural(((SortedSet<?>) collection).comparator());
        }
        Elements.write(collection, value instanceof Set ? Elements.SET : 0, elements, out);
    }

    static void requireNatural(@Nullable Comparator<?> comparator) {
        if (comparator != null && !comparator.equals(Comparator.naturalOrder())) {
            throw Others.refused("a sorted container has a comparator");
        }
    }

    @Override
    public Object read(Reader in) {
        int outer = in.enter();
        int header = in.varInt();
        Object collection = copy(Elements.read(header, elements, in), header);
        in.leave(outer);
        return collection;
    }

    @SuppressWarnings("JdkObsolete") // users declare LinkedList, and a Deque with nulls has no other class
    private Object copy(List<@Nullable Object> list, int header) {
        if (declared.isInstance(list)) {
            boolean set = (header & Elements.SET) != 0 && declared.isAssignableFrom(Set.class);
            return set ? new LinkedHashSet<>(list) : list;
        }
        if (declared == EnumSet.class) {
            return enumSet(list);
        }
        if (declared == HashSet.class) {
            return new HashSet<>(list);
        }
        if (declared.isAssignableFrom(LinkedHashSet.class)) {
            return new LinkedHashSet<>(list);
        }
        if (declared.isAssignableFrom(TreeSet.class)) {
            return new TreeSet<>(list);
        }
        if (declared == CopyOnWriteArrayList.class) {
            return new CopyOnWriteArrayList<>(list);
        }
        boolean linked =
                declared == LinkedList.class || ((header & Elements.NULLS) != 0 && declared != ArrayDeque.class);
        return linked ? new LinkedList<>(list) : new ArrayDeque<>(list);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the element codec makes constants of exactly this enum
    private Object enumSet(List<@Nullable Object> list) {
        EnumSet set = EnumSet.noneOf((Class) enumType);
        set.addAll(list);
        return set;
    }
}
