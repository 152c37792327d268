package io.bowline.rpc.serialization.protostuff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.Serializer;
import io.bowline.rpc.wire.TypeGraph;
import io.bowline.rpc.wire.WireOutput;
import io.protostuff.Tag;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProtostuffSerializerTest {
    record Colliding(int rate, int valueLeft) {}

    record Distinct(@Tag(1) int rate, int valueLeft) {}

    record Twice(@Tag(5) int a, @Tag(5) int b) {}

    record Reserved(@Tag(2046) int a) {}

    record Bag(
            long id,
            @Nullable String text,
            double rate,
            boolean flag,
            @Nullable List<@Nullable Integer> numbers,
            @Nullable Map<String, Long> map,
            byte @Nullable [] bytes) {}

    record Sorted(SortedSet<String> names) {}

    record NoDefault(Demanding demanding) {}

    static final class Demanding {
        final int needed;

        Demanding(int needed) {
            this.needed = needed;
        }
    }

    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(Serializer.class).stream()
                        .map(found -> found.get().name()))
                .contains("protostuff");
    }

    @Test
    void refusesFieldsThatShareANumberUntilATagTellsThemApart() {
        assertThatThrownBy(() -> Hex.codec(Colliding.class))
                .isInstanceOf(RpcException.class)
                .hasMessageContainingAll("RPC-NOT-SERIALIZABLE", "rate and valueLeft", "222311", "io.protostuff.Tag");
        assertThatThrownBy(() -> Hex.codec(Twice.class)).hasMessageContaining("a and b both have the number 5");
        assertThatThrownBy(() -> Hex.codec(Reserved.class)).hasMessageContaining("@Tag(2046)");

        Codec codec = Hex.codec(Distinct.class);
        assertThat(Hex.read(codec, Hex.write(codec, new Distinct(1, 2)))).isEqualTo(new Distinct(1, 2));
    }

    @Test
    void namesThePathToAClassThatCannotBeMade() {
        assertThatThrownBy(() -> Hex.codec(NoDefault.class))
                .hasMessageContainingAll("Demanding has no constructor without arguments", "NoDefault → demanding");
    }

    @Test
    void refusesEachTimeWhatItRefusedOnce() {
        ProtostuffSerializer serializer = ProtostuffSerializer.create();
        TypeGraph graph = TypeGraph.of(Map.of("test", List.of(NoDefault.class)), Set.of());

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> serializer.value(NoDefault.class, graph))
                    .hasMessageContaining("has no constructor without arguments");
        }
    }

    @Test
    void refusesWhatWouldArriveChanged() {
        Codec sorted = Hex.codec(Sorted.class);
        SortedSet<String> reversed = new TreeSet<>(Comparator.reverseOrder());

        assertThatThrownBy(() -> Hex.write(sorted, new Sorted(reversed))).hasMessageContaining("has a comparator");
        assertThatThrownBy(() -> Hex.write(Hex.codec(java.util.Date.class), new java.sql.Timestamp(0)))
                .hasMessageContaining("java.sql.Timestamp stands where java.util.Date is declared");
    }

    @Test
    void leavesNothingOfAFailedValueBehind() {
        Codec codec = Hex.codec(Object.class);
        WireOutput out = new WireOutput();
        out.writeByte(1);

        assertThatThrownBy(() -> codec.write(List.of("a", Thread.currentThread()), out))
                .isInstanceOf(RpcException.class);
        assertThat(out.size()).isOne();
    }

    @Test
    void sharesCodecsWithinAContract() {
        ProtostuffSerializer serializer = ProtostuffSerializer.create();
        TypeGraph graph = TypeGraph.of(Map.of("test", List.of(Bag.class)), Set.of());

        ResultCodec first = (ResultCodec) serializer.value(Bag.class, graph);
        ResultCodec second = (ResultCodec) serializer.value(Bag.class, graph);

        assertThat(second.positions().codec(0)).isSameAs(first.positions().codec(0));
    }

    @Property(tries = 300)
    void keepsAnyRecord(
            @ForAll long id,
            @ForAll String text,
            @ForAll double rate,
            @ForAll boolean flag,
            @ForAll List<Integer> list) {
        String sound = new String(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.UTF_8);
        Bag bag = new Bag(id, sound, rate, flag, list, Map.of(sound, id), null);
        Codec codec = Hex.codec(Bag.class);

        assertThat(Hex.read(codec, Hex.write(codec, bag))).isEqualTo(bag);
    }
}
