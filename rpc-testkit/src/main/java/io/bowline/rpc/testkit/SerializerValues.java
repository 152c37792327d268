package io.bowline.rpc.testkit;

import io.bowline.rpc.testkit.SerializerSamples.Account;
import io.bowline.rpc.testkit.SerializerSamples.Bound;
import io.bowline.rpc.testkit.SerializerSamples.Cart;
import io.bowline.rpc.testkit.SerializerSamples.Cat;
import io.bowline.rpc.testkit.SerializerSamples.Circle;
import io.bowline.rpc.testkit.SerializerSamples.Colour;
import io.bowline.rpc.testkit.SerializerSamples.Dog;
import io.bowline.rpc.testkit.SerializerSamples.Entity;
import io.bowline.rpc.testkit.SerializerSamples.Enums;
import io.bowline.rpc.testkit.SerializerSamples.Item;
import io.bowline.rpc.testkit.SerializerSamples.Nothing;
import io.bowline.rpc.testkit.SerializerSamples.Operation;
import io.bowline.rpc.testkit.SerializerSamples.Order;
import io.bowline.rpc.testkit.SerializerSamples.OutOfStock;
import io.bowline.rpc.testkit.SerializerSamples.Page;
import io.bowline.rpc.testkit.SerializerSamples.Pair;
import io.bowline.rpc.testkit.SerializerSamples.Prefilled;
import io.bowline.rpc.testkit.SerializerSamples.Result;
import io.bowline.rpc.testkit.SerializerSamples.Shape;
import io.bowline.rpc.testkit.SerializerSamples.Square;
import io.bowline.rpc.testkit.SerializerSamples.Stock;
import io.bowline.rpc.testkit.SerializerSamples.Unit;
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
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The values of the serializer contract's cases. */
@SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // users declare Date and LinkedList all the same
final class SerializerValues {
    private static final Item ITEM = new Item("screw", 12);
    private static final Item BLANK = new Item(null, 0);

    private SerializerValues() {}

    static List<?> items() {
        return List.of(ITEM, BLANK, new Item("", -1), new Item("x".repeat(5000), Integer.MIN_VALUE));
    }

    static List<?> orders() {
        return List.of(new Order(ITEM, null, 1, true), new Order(BLANK, ITEM, Long.MIN_VALUE, false));
    }

    static List<?> carts() {
        List<Item> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            many.add(new Item("item " + i, i));
        }
        return List.of(new Cart(List.of(ITEM, BLANK, ITEM), Set.of(ITEM)), new Cart(many, Set.copyOf(many)));
    }

    static List<?> stocks() {
        return List.of(new Stock(Map.of("a", ITEM, "", BLANK), Map.of("x", List.of(ITEM, ITEM), "y", List.of())));
    }

    static List<?> accounts() {
        return List.of(Account.of(1, "me"), Account.of(0, null), Account.of(Long.MAX_VALUE, ""));
    }

    static List<?> enums() {
        return List.of(new Enums(
                Colour.GREEN,
                null,
                List.of(Colour.RED, Colour.GREEN),
                DayOfWeek.MONDAY,
                RoundingMode.DOWN,
                Enums.Level.LOW));
    }

    static List<?> enumBodies() {
        return List.of(new SerializerSamples.EnumBodies(
                Operation.NEGATE, List.of(Operation.ADD, Operation.NEGATE), Map.of(Operation.ADD, 1)));
    }

    static List<?> enumContainers() {
        EnumMap<Colour, Item> items = new EnumMap<>(Colour.class);
        EnumMap<Operation, Integer> bodies = new EnumMap<>(Operation.class);
        var empty = new SerializerSamples.EnumContainers(EnumSet.noneOf(Colour.class), items.clone(), bodies.clone());
        items.put(Colour.GREEN, ITEM);
        bodies.put(Operation.ADD, 1);
        return List.of(empty, new SerializerSamples.EnumContainers(EnumSet.of(Colour.RED), items, bodies));
    }

    static List<?> listNulls() {
        return List.of(
                new SerializerSamples.ListNulls(
                        Arrays.asList("a", null, "b"), Arrays.asList(null, 1, null), Arrays.asList(ITEM, null)),
                new SerializerSamples.ListNulls(
                        Collections.singletonList(null), Arrays.asList(null, null), Arrays.asList(null, null, ITEM)));
    }

    static List<?> mapNulls() {
        Map<@Nullable String, @Nullable Item> items = new HashMap<>();
        items.put("a", null);
        items.put(null, ITEM);
        items.put("", BLANK);
        return List.of(new SerializerSamples.MapNulls(items));
    }

    static List<?> arrayNulls() {
        return List.of(new SerializerSamples.ArrayNulls(
                new String[] {null, "", null}, new Item[] {null, ITEM}, new int[][] {null, {}, {0, 1}, null}));
    }

    static List<?> collections() {
        return List.of(new SerializerSamples.Collections(
                new ArrayList<>(List.of("b", "a", "b")),
                new LinkedList<>(List.of("x", "")),
                new LinkedHashSet<>(List.of(3, 1, 2)),
                new TreeSet<>(List.of("c", "a")),
                new LinkedHashMap<>(Map.of("k", -1)),
                new TreeMap<>(Map.of(1, "one", -1, "minus one")),
                new ArrayDeque<>(List.of("first", "last"))));
    }

    static List<?> immutableCollections() {
        return List.of(
                new SerializerSamples.Collections(
                        List.of("b", "a", "b"),
                        Arrays.asList("x", "y"),
                        Set.of(3),
                        Collections.unmodifiableSortedSet(new TreeSet<>(Set.of("a"))),
                        Map.of("a", 1, "b", 2, "c", 3),
                        Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(7, "seven"))),
                        new ArrayDeque<>()),
                new SerializerSamples.Collections(
                        Collections.nCopies(3, "n"),
                        List.of("a", "b", "c").subList(1, 2),
                        Collections.emptySet(),
                        Collections.emptySortedSet(),
                        Collections.singletonMap("a", 0),
                        Collections.emptySortedMap(),
                        new LinkedList<>(List.of("d"))));
    }

    static List<?> concreteCollections() {
        return List.of(new SerializerSamples.ConcreteCollections(
                new ArrayList<>(List.of("b", "a")),
                new LinkedList<>(List.of(ITEM)),
                new ArrayDeque<>(List.of(5L, -5L)),
                new LinkedHashSet<>(List.of("z", "y")),
                new TreeSet<>(List.of("c", "a")),
                new LinkedHashMap<>(Map.of("k", ITEM)),
                new TreeMap<>(Map.of("k", BLANK))));
    }

    static List<?> nestedCollections() {
        return List.of(new SerializerSamples.NestedCollections(
                List.of(List.of(), Arrays.asList(1, null, -3), List.of(0)),
                Map.of("a", Map.of(1, Set.of("x", "y"), 2, Set.of()), "b", Map.of())));
    }

    static List<?> optionals() {
        return List.of(
                new SerializerSamples.Optionals(
                        Optional.of(""),
                        Optional.of(ITEM),
                        OptionalInt.of(0),
                        OptionalLong.of(-1),
                        OptionalDouble.of(0.5)),
                new SerializerSamples.Optionals(
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        OptionalLong.empty(),
                        OptionalDouble.empty()));
    }

    static List<?> nullOptionals() {
        return List.of(
                new SerializerSamples.NullOptional(null),
                new SerializerSamples.NullOptional(Optional.empty()),
                new SerializerSamples.NullOptional(Optional.of("x")));
    }

    static List<?> instants() {
        return List.of(
                new SerializerSamples.Instants(Instant.EPOCH, Duration.ZERO, Period.ZERO),
                new SerializerSamples.Instants(
                        Instant.MAX, Duration.ofSeconds(Long.MIN_VALUE, 999_999_999), Period.of(-1, 20, -300)),
                new SerializerSamples.Instants(
                        Instant.parse("1969-12-31T23:59:59.999999999Z"), Duration.ofNanos(-1), Period.ofWeeks(3)),
                new SerializerSamples.Instants(Instant.MIN, Duration.ofMillis(1), Period.ofDays(Integer.MAX_VALUE)));
    }

    static List<?> localTimes() {
        return List.of(
                new SerializerSamples.LocalTimes(
                        LocalDate.of(2024, 2, 29),
                        LocalTime.of(23, 59, 59, 123_456_789),
                        LocalDateTime.of(1970, 1, 1, 0, 0),
                        Year.of(-44),
                        YearMonth.of(2026, 11),
                        MonthDay.of(2, 29)),
                new SerializerSamples.LocalTimes(
                        LocalDate.MIN,
                        LocalTime.MAX,
                        LocalDateTime.MAX,
                        Year.of(Year.MAX_VALUE),
                        YearMonth.of(-1, 1),
                        MonthDay.of(1, 1)));
    }

    static List<?> zonedTimes() {
        ZonedDateTime overlap = ZonedDateTime.ofLocal(
                LocalDateTime.of(2025, 10, 26, 2, 30), ZoneId.of("Europe/Berlin"), ZoneOffset.ofHours(1));
        return List.of(
                new SerializerSamples.ZonedTimes(
                        OffsetTime.MIN,
                        OffsetDateTime.of(2020, 1, 1, 1, 1, 1, 1, ZoneOffset.ofHoursMinutesSeconds(5, 30, 15)),
                        overlap,
                        ZoneId.of("America/St_Johns"),
                        ZoneOffset.ofHours(-12),
                        List.of(ZoneOffset.UTC, ZoneId.of("UTC"), ZoneId.of("GMT+2"))),
                new SerializerSamples.ZonedTimes(
                        OffsetTime.MAX,
                        OffsetDateTime.MAX,
                        overlap.withLaterOffsetAtOverlap().withZoneSameInstant(ZoneOffset.UTC),
                        ZoneOffset.MAX,
                        ZoneOffset.UTC,
                        List.of()));
    }

    static List<?> numbers() {
        return List.of(
                new SerializerSamples.Numbers(
                        new BigDecimal("1.10"), BigInteger.ONE.shiftLeft(400).negate()),
                new SerializerSamples.Numbers(new BigDecimal("0E+7"), BigInteger.ZERO),
                new SerializerSamples.Numbers(new BigDecimal("-123456789012345678901234567890.0000"), BigInteger.TEN),
                new SerializerSamples.Numbers(BigDecimal.valueOf(1, Integer.MAX_VALUE), BigInteger.valueOf(-128)));
    }

    static List<?> floats() {
        return List.of(
                new SerializerSamples.Floats(
                        -0.0f,
                        -0.0,
                        -0.0,
                        new double[] {-0.0, Double.NaN, Double.MIN_VALUE},
                        List.of(-0.0, Double.NaN)),
                new SerializerSamples.Floats(
                        Float.NaN, Double.NaN, Double.NaN, new double[0], List.of(Double.NEGATIVE_INFINITY)),
                new SerializerSamples.Floats(
                        Float.MIN_VALUE, Double.POSITIVE_INFINITY, null, new double[] {0.1}, List.of()),
                new SerializerSamples.Floats(0.0f, 0.0, 0.0, new double[] {0.0}, List.of(0.0)));
    }

    static List<?> texts() {
        String all = "\u0000\t\n\"\\ \u007f\u0080\u00ff\u0100\u07ff\u0800\uffff\ud83d\ude00\udbff\udfff";
        return List.of(
                new SerializerSamples.Texts(all, List.of("", all.repeat(500), "naïve"), '\u0000'),
                new SerializerSamples.Texts("\ud83d\ude00", List.of(), '\ud83d'));
    }

    static List<?> values() {
        return List.of(
                new SerializerSamples.Values(
                        new UUID(-1, 1),
                        URI.create("https://example.org/a%20b?q=1#f"),
                        Locale.forLanguageTag("zh-Hant-TW-u-ca-roc"),
                        Currency.getInstance("EUR"),
                        new Date(-1),
                        BitSet.valueOf(new long[] {5, 0, Long.MIN_VALUE})),
                new SerializerSamples.Values(
                        new UUID(0, 0),
                        URI.create(""),
                        Locale.ROOT,
                        Currency.getInstance("JPY"),
                        new Date(0),
                        new BitSet()));
    }

    static List<?> primitiveArrays() {
        return List.of(
                new SerializerSamples.PrimitiveArrays(
                        new boolean[] {true, false, true},
                        new byte[] {-128, 0, 127},
                        new short[] {Short.MIN_VALUE, -1, 0, Short.MAX_VALUE},
                        new char[] {0, 'a', '\ud800', '\uffff'},
                        new int[] {Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE},
                        new long[] {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE},
                        new float[] {-0.0f, Float.NaN, 1.5f},
                        new double[] {-0.0, Double.NaN, 1.5}),
                new SerializerSamples.PrimitiveArrays(
                        new boolean[0],
                        new byte[0],
                        new short[0],
                        new char[0],
                        new int[0],
                        new long[0],
                        new float[0],
                        new double[0]));
    }

    static List<?> nestedArrays() {
        return List.of(new SerializerSamples.NestedArrays(
                new int[][] {{1, 2}, {}, {-3}},
                new String[][] {{"a"}, {}, {"b", ""}},
                new byte[][][] {{{1}, {}}, {}},
                List.of(new int[] {1, 2}, new int[0])));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no other way to make an array of a generic type
    static List<?> objectArrays() {
        return List.of(new SerializerSamples.ObjectArrays(
                new String[] {"a", ""},
                new Item[] {ITEM, BLANK},
                new Integer[] {0, -1},
                new Colour[] {Colour.GREEN},
                new List[] {List.of("x"), List.of()}));
    }

    static List<?> valueKeys() {
        return List.of(new SerializerSamples.ValueKeys(
                Map.of(0, "zero", -1, "minus"),
                Map.of(Long.MAX_VALUE, ITEM),
                Map.of(new UUID(1, 2), 3),
                Map.of(LocalDate.EPOCH, "epoch")));
    }

    static List<?> enumKeys() {
        return List.of(new SerializerSamples.EnumKeys(Map.of(Colour.RED, "r", Colour.GREEN, "g")));
    }

    static List<?> recordKeys() {
        return List.of(new SerializerSamples.RecordKeys(
                Map.of(ITEM, "a", BLANK, "b"), Map.of(List.of(), "none", List.of(1, 2), "two")));
    }

    static List<?> generics() {
        return List.of(new SerializerSamples.Generics(
                new Page<>(List.of(ITEM), null, Map.of("b", BLANK)),
                new Pair<>(1, new Pair<>("two", 3L)),
                List.of(new Pair<>(Colour.RED, ITEM))));
    }

    static List<?> bounds() {
        return List.of(Bound.of(ITEM), new Bound());
    }

    static List<?> sealed() {
        Shape square = new Square(2, new Square(0, new Circle(0.0)));
        return List.of(new SerializerSamples.Sealed(
                new Circle(1.5), List.of(square, Unit.POINT), Map.of("c", square), new Shape[] {Unit.POINT, square}));
    }

    static List<?> sealedGenerics() {
        List<Result<Integer>> results = List.of(new SerializerSamples.Ok<>(1), new SerializerSamples.Err<>("no"));
        return List.of(new SerializerSamples.SealedGenerics(new SerializerSamples.Ok<>(ITEM), results));
    }

    static List<?> registered() {
        Cat cat = new Cat();
        cat.lives = 0;
        return List.of(new SerializerSamples.Registered(new Dog("rex"), Arrays.asList(cat, null, new Dog(""))));
    }

    static List<?> subclasses() {
        Entity plain = new Entity();
        plain.id = 5;
        Entity account = Account.of(6, "you");
        return List.of(
                new SerializerSamples.Subclasses(plain, List.of(account, plain)),
                new SerializerSamples.Subclasses(account, List.of()));
    }

    static List<?> objects() {
        List<Object> leaves = new ArrayList<>(Arrays.asList(
                null,
                true,
                (byte) 1,
                (short) 2,
                'c',
                3,
                4L,
                5.5f,
                6.5,
                "text",
                new BigDecimal("7.70"),
                BigInteger.TWO));
        leaves.addAll(List.of(Instant.EPOCH, LocalDate.EPOCH, new UUID(1, 1), Colour.RED, Operation.ADD, ITEM));
        leaves.addAll(List.of(List.of(1, "x"), new ArrayList<>(), Set.of(1L), Map.of("k", List.of(ITEM))));
        leaves.addAll(List.of(new byte[] {1}, new int[] {2}, new String[] {"s"}, new Object[] {1, "o", ITEM}));
        List<Object> values = new ArrayList<>();
        for (Object leaf : leaves) {
            values.add(new SerializerSamples.Objects(
                    leaf, Arrays.asList(leaf, leaf), Map.of("a", 1, 2, "b"), new Object[] {leaf}));
        }
        return values;
    }

    static List<?> abstracts() {
        return List.of(
                new SerializerSamples.Abstracts(1L, "text", "text"),
                new SerializerSamples.Abstracts(new BigDecimal("1.0"), Instant.EPOCH, ""));
    }

    static List<?> empties() {
        return List.of(
                new SerializerSamples.Empties(
                        "", List.of(), Set.of(), Map.of(), new byte[0], new String[0], new Nothing()),
                new SerializerSamples.Empties(null, null, null, null, null, null, null));
    }

    static List<?> boxes() {
        return List.of(
                new SerializerSamples.Boxes(false, (byte) 0, (short) 0, '\0', 0, 0L, 0f, 0d),
                new SerializerSamples.Boxes(true, (byte) -1, (short) -1, '\uffff', -1, -1L, -1f, -1d),
                new SerializerSamples.Boxes(null, null, null, null, null, null, null, null));
    }

    static List<?> primitives() {
        return List.of(
                new SerializerSamples.Primitives(false, (byte) 0, (short) 0, '\0', 0, 0L, 0f, 0d),
                new SerializerSamples.Primitives(
                        true,
                        Byte.MIN_VALUE,
                        Short.MIN_VALUE,
                        '\uffff',
                        Integer.MIN_VALUE,
                        Long.MIN_VALUE,
                        Float.MIN_VALUE,
                        Double.MIN_VALUE));
    }

    static List<?> failures() {
        return List.of(new SerializerSamples.Failure(OutOfStock.of("none left", 3), 1));
    }

    static List<?> shared() {
        return List.of(new SerializerSamples.Shared(ITEM, ITEM, List.of(ITEM, ITEM)));
    }

    static List<?> prefilled() {
        return List.of(new Prefilled(), Prefilled.cleared(), Prefilled.changed());
    }
}
