package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.testkit.SerializerSamples.Chain;
import io.bowline.rpc.testkit.SerializerSamples.Item;
import io.bowline.rpc.testkit.SerializerSamples.Knot;
import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.Serializer;
import io.bowline.rpc.wire.TypeGraph;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every {@link Serializer} must do: carry each {@link SerializerCase} faithfully or refuse it at start-up, create
 * nothing outside the gate, and answer any bytes with a value or {@code MALFORMED_DATA}. A new serializer is done when
 * its subclass is green:
 *
 * <pre>{@code
 * class MySerializerTest extends SerializerContract {
 *     @Override
 *     protected Serializer serializer() {
 *         return MySerializer.create();
 *     }
 * }
 * }</pre>
 */
public abstract class SerializerContract {
    /** The serializer under test. Called for each test. */
    protected abstract Serializer serializer();

    /** The cases that the serializer refuses at start-up. Whatever is not listed must survive. */
    protected Set<SerializerCase> refused() {
        return EnumSet.noneOf(SerializerCase.class);
    }

    /**
     * Bytes of this serializer, made by hand, that claim far more than they hold: an endless list, an endless text, ten
     * thousand levels. Each is read as an {@code Object} and as a {@code List<Object>}, and must be refused at little
     * cost.
     */
    protected List<byte[]> bombs() {
        return List.of();
    }

    @Test
    void isNamedForTheWire() {
        assertThat(serializer().name()).matches("[a-z0-9-]+");
    }

    @ParameterizedTest
    @EnumSource(SerializerCase.class)
    void keepsTheValueOrRefusesItsTypeAtStart(SerializerCase which) {
        TypeGraph graph = graph(which.registered(), which.type());
        if (refused().contains(which)) {
            assertThatThrownBy(() -> serializer().value(which.type(), graph))
                    .isInstanceOfSatisfying(
                            RpcException.class, e -> assertThat(e.code()).isEqualTo(Code.NOT_SERIALIZABLE))
                    .hasMessageContaining(which.field());
            return;
        }
        Codec codec = serializer().value(which.type(), graph);
        for (Object value : which.samples()) {
            assertSame(value, read(codec, write(codec, value)));
        }
        assertThat(read(codec, write(codec, null))).isNull();
    }

    @ParameterizedTest
    @EnumSource(SerializerCase.class)
    void answersDamagedBytesWithAValueOrATypedError(SerializerCase which) {
        if (!refused().contains(which)) {
            Codec codec = serializer().value(which.type(), graph(which.registered(), which.type()));
            for (Object value :
                    which.samples().subList(0, Math.min(3, which.samples().size()))) {
                SerializerDamage.check(codec, write(codec, value));
            }
        }
    }

    @Test
    void keepsArgumentsOfSeveralTypes() {
        List<Type> types = List.of(int.class, String.class, Item.class, long[].class, Object.class, Boolean.class);
        Codec codec = serializer().arguments(types, graph(Set.of(), types.toArray(Type[]::new)));

        assertArguments(codec, 1, "a", new Item("b", 2), new long[] {3}, "any", true);
        assertArguments(codec, 0, "", new Item(null, 0), new long[0], 0, false);
        assertArguments(codec, -1, null, null, null, null, null);
    }

    @Test
    void keepsArgumentsOfEveryPrimitiveAndItsBox() {
        List<Type> types = List.of(
                boolean.class, byte.class, short.class, char.class, int.class, long.class, float.class, double.class);
        Codec primitives = serializer().arguments(types, TypeGraph.values());
        Codec boxes = serializer()
                .arguments(
                        List.of(
                                Boolean.class,
                                Byte.class,
                                Short.class,
                                Character.class,
                                Integer.class,
                                Long.class,
                                Float.class,
                                Double.class),
                        TypeGraph.values());

        for (Codec codec : List.of(primitives, boxes)) {
            assertArguments(codec, true, (byte) -1, (short) -2, 'c', -3, -4L, -0.0f, Double.NaN);
            assertArguments(codec, false, (byte) 0, (short) 0, '\0', 0, 0L, 0f, 0d);
        }
        assertArguments(boxes, null, null, null, null, null, null, null, null);
    }

    @Test
    void keepsNoArguments() {
        assertArguments(serializer().arguments(List.of(), TypeGraph.values()));
    }

    @Test
    void keepsNothingAsResult() {
        for (Type type : List.of(void.class, Void.class, String.class, Object.class)) {
            Codec codec = serializer().value(type, TypeGraph.values());
            assertThat(read(codec, write(codec, null))).isNull();
        }
    }

    @Test
    void keepsValuesAtTheTop() {
        List<Object> values = List.of(1, 2L, "", "text", true, 'c', 0.5, List.of(1), Map.of("k", 1), new byte[] {1});
        for (Object value : values) {
            Codec exact = serializer()
                    .value(
                            value instanceof List<?> || value instanceof Map<?, ?> ? Object.class : value.getClass(),
                            TypeGraph.values());
            Codec open = serializer().value(Object.class, TypeGraph.values());
            assertSame(value, read(exact, write(exact, value)));
            assertSame(value, read(open, write(open, value)));
        }
    }

    @Test
    void keepsValuesMadeAtRandom() {
        Codec codec = serializer().value(Object.class, TypeGraph.values());
        SerializerRandom random = new SerializerRandom(42);
        for (int i = 0; i < 500; i++) {
            Object value = random.next(4);
            assertSame(value, read(codec, write(codec, value)));
        }
    }

    @Test
    void writesBehindWhatIsThereAndReadsFromWhereItStands() {
        Codec codec = serializer().value(Item.class, graph(Set.of(), Item.class));
        WireOutput out = new WireOutput();
        out.writeLong(-1);
        codec.write(new Item("a", 1), out);
        WireInput in = new WireInput(out.toByteArray());

        assertThat(in.readLong()).isEqualTo(-1);
        assertThat(codec.read(in)).isEqualTo(new Item("a", 1));
    }

    @Test
    void refusesCyclesInsteadOfOverflowingTheStack() {
        Codec codec = serializer().value(Knot.class, graph(Set.of(), Knot.class));
        Knot self = new Knot();
        self.next = self;
        Knot listed = new Knot();
        listed.many.add(listed);
        List<Object> list = new ArrayList<>();
        list.add(list);
        Map<String, Object> map = new HashMap<>();
        map.put("self", map);

        assertKeptOrRefused(codec, self);
        assertKeptOrRefused(codec, listed);
        assertKeptOrRefused(serializer().value(Object.class, TypeGraph.values()), list);
        assertKeptOrRefused(serializer().value(Object.class, TypeGraph.values()), map);
    }

    @Test
    void refusesValuesTooDeepToRead() {
        Codec codec = serializer().value(Chain.class, graph(Set.of(), Chain.class));
        Object nested = "core";
        for (int i = 0; i < 10_000; i++) {
            nested = List.of(nested);
        }
        Object deep = nested;

        assertSame(Chain.of(30), read(codec, write(codec, Chain.of(30))));
        assertNotSerializable(() -> write(codec, Chain.of(10_000)));
        assertNotSerializable(() -> write(serializer().value(Object.class, TypeGraph.values()), deep));
    }

    @Test
    void refusesToWriteWhatTheContractDoesNotHold() {
        Codec codec = serializer().value(Object.class, TypeGraph.values());

        assertNotSerializable(() -> write(codec, new Item("a", 1)));
        assertNotSerializable(() -> write(codec, List.of(new Item("a", 1))));
        assertNotSerializable(() -> write(codec, Thread.currentThread()));
    }

    @Test
    void createsNothingOutsideTheGate() {
        SerializerGate.check(serializer());
    }

    @Test
    void refusesBytesThatClaimMoreThanTheyHold() {
        for (byte[] bomb : bombs()) {
            SerializerDamage.checkRefused(serializer().value(Object.class, TypeGraph.values()), bomb);
        }
    }

    @Test
    void toleratesFieldsAddedRemovedAndReordered() {
        SerializerVersions.check(serializer());
    }

    static TypeGraph graph(Set<Class<?>> registered, Type... roots) {
        return TypeGraph.of(Map.of("SerializerContract", Arrays.asList(roots)), registered);
    }

    static byte[] write(Codec codec, @Nullable Object value) {
        WireOutput out = new WireOutput();
        codec.write(value, out);
        return out.toByteArray();
    }

    static @Nullable Object read(Codec codec, byte[] bytes) {
        return codec.read(new WireInput(bytes));
    }

    static void assertSame(@Nullable Object sent, @Nullable Object arrived) {
        assertThat(SerializerEquality.same(sent, arrived))
                .as("sent %s, arrived %s", sent, arrived)
                .isTrue();
    }

    private static void assertArguments(Codec codec, @Nullable Object... arguments) {
        assertSame(arguments, read(codec, write(codec, arguments)));
    }

    private static void assertKeptOrRefused(Codec codec, Object cyclic) {
        byte[] bytes;
        try {
            bytes = write(codec, cyclic);
        } catch (RpcException refused) {
            assertThat(refused.code()).isEqualTo(Code.NOT_SERIALIZABLE);
            return;
        }
        assertThat(read(codec, bytes)).isInstanceOf(cyclic instanceof Map ? Map.class : cyclic.getClass());
    }

    private static void assertNotSerializable(Runnable write) {
        assertThatThrownBy(write::run)
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.code()).isEqualTo(Code.NOT_SERIALIZABLE));
    }
}
