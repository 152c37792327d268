package io.bowline.rpc.wire;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.Currency;
import java.util.Date;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The types of the JDK that may travel, each listed by hand: what is not here, and is neither an enum nor a declared
 * exception, does not.
 *
 * <p>Left out on purpose: what is no value (threads, streams, classes), what has no equality of its own (atomics,
 * {@code Pattern}), what looks up a network (URL), and containers whose order or identity lies in an object that does
 * not travel ({@code PriorityQueue}, {@code IdentityHashMap}).
 */
final class JdkTypes {
    private static final Set<Class<?>> VALUES = Set.of(
            boolean.class,
            byte.class,
            short.class,
            char.class,
            int.class,
            long.class,
            float.class,
            double.class,
            void.class,
            Boolean.class,
            Byte.class,
            Short.class,
            Character.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            Void.class,
            String.class,
            BigDecimal.class,
            BigInteger.class,
            MathContext.class,
            UUID.class,
            URI.class,
            Locale.class,
            Currency.class,
            Date.class,
            BitSet.class,
            OptionalInt.class,
            OptionalLong.class,
            OptionalDouble.class,
            Instant.class,
            Duration.class,
            Period.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            Year.class,
            YearMonth.class,
            MonthDay.class,
            ZoneId.class,
            ZoneOffset.class);

    private static final Set<Class<?>> COLLECTIONS = Set.of(
            Iterable.class,
            Collection.class,
            List.class,
            Set.class,
            SortedSet.class,
            NavigableSet.class,
            Queue.class,
            Deque.class,
            ArrayList.class,
            LinkedList.class,
            CopyOnWriteArrayList.class,
            ArrayDeque.class,
            HashSet.class,
            LinkedHashSet.class,
            TreeSet.class,
            EnumSet.class);

    private static final Set<Class<?>> MAPS = Set.of(
            Map.class,
            SortedMap.class,
            NavigableMap.class,
            ConcurrentMap.class,
            HashMap.class,
            LinkedHashMap.class,
            TreeMap.class,
            ConcurrentHashMap.class,
            EnumMap.class);

    private static final Set<Class<?>> ANY =
            Set.of(Object.class, Number.class, CharSequence.class, Comparable.class, Serializable.class);

    private static final Set<Class<?>> ARRAYS = Set.of(
            boolean[].class,
            byte[].class,
            short[].class,
            char[].class,
            int[].class,
            long[].class,
            float[].class,
            double[].class,
            String[].class,
            Object[].class);

    /** Exceptions that a service may throw undeclared and that arrive as themselves all the same. */
    private static final Set<Class<?>> EXCEPTIONS = Set.of(
            Exception.class,
            RuntimeException.class,
            IllegalArgumentException.class,
            NumberFormatException.class,
            IllegalStateException.class,
            NullPointerException.class,
            IndexOutOfBoundsException.class,
            ArithmeticException.class,
            ClassCastException.class,
            SecurityException.class,
            UnsupportedOperationException.class,
            NoSuchElementException.class,
            ConcurrentModificationException.class,
            IOException.class,
            UncheckedIOException.class,
            TimeoutException.class,
            InterruptedException.class);

    private static final Map<String, Class<?>> GATE = Stream.of(VALUES, COLLECTIONS, MAPS, ARRAYS, EXCEPTIONS)
            .<Class<?>>flatMap(Set::stream)
            .filter(type -> type.isArray() || !type.isInterface())
            .collect(Collectors.toUnmodifiableMap(Class::getName, Function.identity()));

    private JdkTypes() {}

    /** The type that every contract holds under this exact name, or null. */
    static @Nullable Class<?> find(String name) {
        return GATE.get(name);
    }

    /** Whether the JDK owns the type; such a type travels only when it is listed here. */
    static boolean owns(Class<?> type) {
        String name = type.getName();
        return name.startsWith("java.")
                || name.startsWith("javax.")
                || name.startsWith("jdk.")
                || name.startsWith("sun.")
                || name.startsWith("com.sun.");
    }

    /** The kind of a listed type; enums and exceptions need no listing; anything else of the JDK is foreign. */
    static Kind kind(Class<?> type) {
        if (VALUES.contains(type)) {
            return Kind.VALUE;
        }
        if (COLLECTIONS.contains(type)) {
            return Kind.COLLECTION;
        }
        if (MAPS.contains(type)) {
            return Kind.MAP;
        }
        if (ANY.contains(type)) {
            return Kind.ANY;
        }
        if (type == Optional.class) {
            return Kind.OPTIONAL;
        }
        if (type.isEnum()) {
            return Kind.ENUM;
        }
        return Throwable.class.isAssignableFrom(type) ? Kind.EXCEPTION : Kind.FOREIGN;
    }
}
