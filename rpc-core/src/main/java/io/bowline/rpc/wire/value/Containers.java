package io.bowline.rpc.wire.value;

import io.bowline.rpc.wire.ResolvedType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The collections and maps that stand where one is declared. What arrives equals what was sent and keeps its order; it
 * is of a usual class, and may be modified.
 */
@SuppressWarnings("JdkObsolete") // LinkedList, because users declare and pass it
public final class Containers {
    private static final Map<Class<?>, Supplier<Collection<?>>> COLLECTIONS = Map.ofEntries(
            Map.entry(Iterable.class, ArrayList::new),
            Map.entry(Collection.class, ArrayList::new),
            Map.entry(List.class, ArrayList::new),
            Map.entry(ArrayList.class, ArrayList::new),
            Map.entry(LinkedList.class, LinkedList::new),
            Map.entry(CopyOnWriteArrayList.class, CopyOnWriteArrayList::new),
            Map.entry(Queue.class, ArrayDeque::new),
            Map.entry(Deque.class, ArrayDeque::new),
            Map.entry(ArrayDeque.class, ArrayDeque::new),
            Map.entry(Set.class, LinkedHashSet::new),
            Map.entry(HashSet.class, HashSet::new),
            Map.entry(LinkedHashSet.class, LinkedHashSet::new),
            Map.entry(SortedSet.class, TreeSet::new),
            Map.entry(NavigableSet.class, TreeSet::new),
            Map.entry(TreeSet.class, TreeSet::new));

    private static final Map<Class<?>, Supplier<Map<?, ?>>> MAPS = Map.ofEntries(
            Map.entry(Map.class, LinkedHashMap::new),
            Map.entry(HashMap.class, HashMap::new),
            Map.entry(LinkedHashMap.class, LinkedHashMap::new),
            Map.entry(SortedMap.class, TreeMap::new),
            Map.entry(NavigableMap.class, TreeMap::new),
            Map.entry(TreeMap.class, TreeMap::new),
            Map.entry(ConcurrentMap.class, ConcurrentHashMap::new),
            Map.entry(ConcurrentHashMap.class, ConcurrentHashMap::new));

    private Containers() {}

    /**
     * Makes empty collections for a declared type.
     *
     * @throws io.bowline.rpc.RpcException {@code NOT_SERIALIZABLE} for one that is not listed
     */
    @SuppressWarnings("unchecked") // an empty collection holds elements of any type
    public static Supplier<Collection<Object>> collections(ResolvedType declared, String path) {
        if (declared.raw() == EnumSet.class) {
            Class<?> element = declared.argument(0).raw();
            return () -> enumSet(element);
        }
        Supplier<Collection<?>> supplier = COLLECTIONS.get(declared.raw());
        if (supplier == null) {
            throw unknown(declared, path);
        }
        return () -> (Collection<Object>) supplier.get();
    }

    /**
     * Where to gather the elements of a collection that is being read: itself, or, where each addition copies the whole, a
     * list that {@link #filled} adds at once.
     */
    public static Collection<Object> filling(Collection<Object> target) {
        return target instanceof CopyOnWriteArrayList ? new ArrayList<>() : target;
    }

    /** Ends what {@link #filling} began. */
    public static Collection<Object> filled(Collection<Object> target, Collection<Object> filling) {
        if (target instanceof CopyOnWriteArrayList) {
            target.addAll(filling);
        }
        return target;
    }

    /**
     * Makes empty maps for a declared type.
     *
     * @throws io.bowline.rpc.RpcException {@code NOT_SERIALIZABLE} for one that is not listed
     */
    @SuppressWarnings("unchecked") // an empty map holds entries of any type
    public static Supplier<Map<Object, Object>> maps(ResolvedType declared, String path) {
        if (declared.raw() == EnumMap.class) {
            Class<?> key = declared.argument(0).raw();
            return () -> enumMap(key);
        }
        Supplier<Map<?, ?>> supplier = MAPS.get(declared.raw());
        if (supplier == null) {
            throw unknown(declared, path);
        }
        return () -> (Map<Object, Object>) supplier.get();
    }

    /** Whether a declared type leaves open which kind of collection stands there. */
    public static boolean isOpen(Class<?> declared) {
        return declared == Iterable.class
                || declared == Collection.class
                || declared == Queue.class
                || declared == Deque.class;
    }

    /**
     * The usual class that stands for a value where the declared type leaves its kind open: a list, a set or a deque. The
     * first of {@link #usual(Class)} needs no name on the wire.
     */
    public static Class<?> usual(Class<?> declared, Object value) {
        if (value instanceof List) {
            return Queue.class.isAssignableFrom(declared) ? LinkedList.class : ArrayList.class;
        }
        if (value instanceof SortedSet<?> set && isNatural(set.comparator())) {
            return TreeSet.class;
        }
        if (value instanceof Set) {
            return LinkedHashSet.class;
        }
        if (value instanceof Deque) {
            return ArrayDeque.class;
        }
        throw Refusal.notSerializable(
                "a " + value.getClass().getName() + " stands where " + declared.getName() + " is declared",
                "pass a List, a Set or an ArrayDeque");
    }

    /** The usual classes that may stand where {@link #isOpen} holds. */
    public static List<Class<?>> usual(Class<?> declared) {
        return Queue.class.isAssignableFrom(declared)
                ? List.of(ArrayDeque.class, LinkedList.class)
                : List.of(ArrayList.class, LinkedHashSet.class, TreeSet.class, ArrayDeque.class);
    }

    /** A place that promises an order of its own makes it anew by the natural one; any other comparator would be lost. */
    public static void requireNaturalOrder(Class<?> declared, Object value) {
        @Nullable Comparator<?> comparator = null;
        if (value instanceof SortedSet<?> set && SortedSet.class.isAssignableFrom(declared)) {
            comparator = set.comparator();
        } else if (value instanceof SortedMap<?, ?> map && SortedMap.class.isAssignableFrom(declared)) {
            comparator = map.comparator();
        }
        if (!isNatural(comparator)) {
            throw Refusal.notSerializable(
                    "a " + value.getClass().getName() + " with a comparator, which does not travel",
                    "pass one in natural order, or declare List, Set or Map to keep the order alone");
        }
    }

    private static boolean isNatural(@Nullable Comparator<?> comparator) {
        return comparator == null || comparator.equals(Comparator.naturalOrder());
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an enum's class, by the bound of EnumSet's argument
    private static Collection<Object> enumSet(Class<?> element) {
        return (Collection) EnumSet.noneOf((Class<? extends Enum>) element);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an enum's class, by the bound of EnumMap's argument
    private static Map<Object, Object> enumMap(Class<?> key) {
        return new EnumMap(key);
    }

    private static RuntimeException unknown(ResolvedType declared, String path) {
        return Refusal.notSerializable(
                declared + " is not among the containers that can travel, at " + path, "declare List, Set or Map");
    }
}
