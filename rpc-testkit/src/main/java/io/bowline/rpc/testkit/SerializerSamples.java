package io.bowline.rpc.testkit;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.URI;
import java.time.DayOfWeek;
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
import java.util.Currency;
import java.util.Date;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The types of the serializer contract's cases: each field is one thing that serializers are known to lose. */
@SuppressWarnings({"ArrayRecordComponent", "NullableOptional", "UnusedVariable"}) // what users write, good or not
final class SerializerSamples {
    private SerializerSamples() {}

    record Item(@Nullable String name, int count) {}

    record Order(Item first, @Nullable Item second, long number, boolean paid) {}

    record Cart(List<Item> items, Set<Item> distinct) {}

    record Stock(Map<String, Item> byName, Map<String, List<Item>> lists) {}

    record Nothing() {}

    static class Entity {
        long id;

        @Nullable
        String owner;
    }

    static final class Account extends Entity {
        private boolean active;
        private char grade;
        private byte level;
        private short branch;
        private float rate;
        private double balance;
        private @Nullable Item item;
        private transient int cached = 7;

        static Account of(long id, @Nullable String owner) {
            Account account = new Account();
            account.id = id;
            account.owner = owner;
            account.active = id > 0;
            account.grade = '\uffff';
            account.level = -1;
            account.branch = Short.MIN_VALUE;
            account.rate = 0.1f;
            account.balance = -id / 3.0;
            account.item = new Item(owner, account.cached);
            return account;
        }
    }

    enum Colour {
        RED,
        GREEN
    }

    enum Operation {
        ADD {
            @Override
            int apply(int a, int b) {
                return a + b;
            }
        },
        NEGATE {
            @Override
            int apply(int a, int b) {
                return -a;
            }
        };

        abstract int apply(int a, int b);
    }

    record Enums(
            Colour colour, @Nullable Colour none, List<Colour> list, DayOfWeek day, RoundingMode mode, Level level) {
        enum Level {
            LOW,
            HIGH
        }
    }

    record EnumBodies(Operation operation, List<Operation> list, Map<Operation, Integer> map) {}

    record EnumContainers(EnumSet<Colour> set, EnumMap<Colour, Item> map, EnumMap<Operation, Integer> bodies) {}

    record ListNulls(List<@Nullable String> texts, List<@Nullable Integer> numbers, List<@Nullable Item> items) {}

    record MapNulls(Map<@Nullable String, @Nullable Item> items) {}

    record ArrayNulls(@Nullable String[] texts, @Nullable Item[] items, int @Nullable [][] grid) {}

    record Collections(
            Collection<String> collection,
            List<String> list,
            Set<Integer> set,
            SortedSet<String> sorted,
            Map<String, Integer> map,
            SortedMap<Integer, String> sortedMap,
            Deque<String> deque) {}

    record ConcreteCollections(
            ArrayList<String> list,
            LinkedList<Item> linked,
            ArrayDeque<Long> deque,
            LinkedHashSet<String> set,
            TreeSet<String> tree,
            LinkedHashMap<String, Item> map,
            TreeMap<String, Item> treeMap) {}

    record NestedCollections(List<List<@Nullable Integer>> lists, Map<String, Map<Integer, Set<String>>> maps) {}

    record Optionals(Optional<String> text, Optional<Item> item, OptionalInt i, OptionalLong l, OptionalDouble d) {}

    record NullOptional(@Nullable Optional<String> text) {}

    record Instants(Instant instant, Duration duration, Period period) {}

    record LocalTimes(LocalDate date, LocalTime time, LocalDateTime both, Year year, YearMonth month, MonthDay day) {}

    record ZonedTimes(
            OffsetTime time,
            OffsetDateTime offset,
            ZonedDateTime zoned,
            ZoneId zone,
            ZoneOffset plus,
            List<ZoneId> zones) {}

    record Numbers(BigDecimal decimal, BigInteger integer) {}

    record Floats(float f, double d, @Nullable Double boxed, double[] array, List<Double> list) {}

    record Texts(String text, List<String> list, char letter) {}

    record Values(UUID uuid, URI uri, Locale locale, Currency currency, Date date, BitSet bits) {}

    record PrimitiveArrays(boolean[] z, byte[] b, short[] s, char[] c, int[] i, long[] l, float[] f, double[] d) {}

    record NestedArrays(int[][] grid, String[][] texts, byte[][][] cube, List<int[]> list) {}

    record ObjectArrays(String[] texts, Item[] items, Integer[] boxed, Colour[] colours, List<String>[] lists) {}

    record ValueKeys(
            Map<Integer, String> ints, Map<Long, Item> longs, Map<UUID, Integer> ids, Map<LocalDate, String> dates) {}

    record EnumKeys(Map<Colour, String> colours) {}

    record RecordKeys(Map<Item, String> items, Map<List<Integer>, String> lists) {}

    record Page<T>(List<T> items, @Nullable T first, Map<String, T> byName) {}

    record Pair<A, B>(A left, B right) {}

    record Generics(Page<Item> page, Pair<Integer, Pair<String, Long>> pair, List<Pair<Colour, Item>> pairs) {}

    static class Base<T> {
        @Nullable
        T value;

        @Nullable
        List<T> values;
    }

    static final class Bound extends Base<Item> {
        int more;

        static Bound of(Item value) {
            Bound bound = new Bound();
            bound.value = value;
            bound.values = List.of(value, value);
            bound.more = 3;
            return bound;
        }
    }

    sealed interface Shape {}

    record Circle(double radius) implements Shape {}

    record Square(int side, @Nullable Shape inner) implements Shape {}

    enum Unit implements Shape {
        POINT
    }

    record Sealed(Shape shape, List<Shape> shapes, Map<String, Shape> named, Shape[] array) {}

    sealed interface Result<T> {}

    record Ok<T>(T value) implements Result<T> {}

    record Err<T>(String reason) implements Result<T> {}

    record SealedGenerics(Result<Item> result, List<Result<Integer>> results) {}

    interface Animal {}

    record Dog(String name) implements Animal {}

    static final class Cat implements Animal {
        int lives = 9;
    }

    record Registered(Animal animal, List<@Nullable Animal> animals) {}

    record Subclasses(Entity entity, List<Entity> entities) {}

    record Objects(@Nullable Object value, List<@Nullable Object> list, Map<Object, Object> map, Object[] array) {}

    record Abstracts(Number number, Comparable<?> comparable, CharSequence text) {}

    record Empties(
            @Nullable String text,
            @Nullable List<String> list,
            @Nullable Set<Item> set,
            @Nullable Map<String, String> map,
            byte @Nullable [] bytes,
            String @Nullable [] array,
            @Nullable Nothing nothing) {}

    record Boxes(
            @Nullable Boolean z,
            @Nullable Byte b,
            @Nullable Short s,
            @Nullable Character c,
            @Nullable Integer i,
            @Nullable Long l,
            @Nullable Float f,
            @Nullable Double d) {}

    record Primitives(boolean z, byte b, short s, char c, int i, long l, float f, double d) {}

    static final class OutOfStock extends Exception {
        private static final long serialVersionUID = 1;
        private int left;

        OutOfStock(String message) {
            super(message);
        }

        static OutOfStock of(String message, int left) {
            OutOfStock made = new OutOfStock(message);
            made.left = left;
            return made;
        }
    }

    record Failure(OutOfStock exception, int after) {}

    record Shared(Item one, Item same, List<Item> again) {}

    static final class Prefilled {
        List<String> tags = new ArrayList<>(List.of("new"));
        Map<String, Integer> counts = new LinkedHashMap<>(Map.of("a", 1));
        int retries = 3;
        boolean open = true;

        @Nullable
        String name = "unnamed";

        @Nullable
        Item item = new Item("default", 1);

        static Prefilled cleared() {
            Prefilled cleared = new Prefilled();
            cleared.tags = new ArrayList<>();
            cleared.counts = new LinkedHashMap<>();
            cleared.retries = 0;
            cleared.open = false;
            cleared.name = null;
            cleared.item = null;
            return cleared;
        }

        static Prefilled changed() {
            Prefilled changed = new Prefilled();
            changed.tags.set(0, "old");
            changed.counts.put("b", 2);
            return changed;
        }
    }

    record Chain(int depth, @Nullable Chain next) {
        static @Nullable Chain of(int depth) {
            Chain chain = null;
            for (int i = 0; i < depth; i++) {
                chain = new Chain(i, chain);
            }
            return chain;
        }
    }

    static final class Knot {
        @Nullable
        Knot next;

        List<Knot> many = new ArrayList<>();
    }

    /** Stands in bytes where {@link Canary} is written over it: their names are of one length. */
    record Decoys(int id) {}

    /** A class outside the gate. Its initialisation can be seen and must never happen. */
    static final class Canary {
        static {
            System.setProperty(CANARY, "sang");
        }

        int id;
    }

    static final String CANARY = "io.bowline.rpc.testkit.canary";
}
