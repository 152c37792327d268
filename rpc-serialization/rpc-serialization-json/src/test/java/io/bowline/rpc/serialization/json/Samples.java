package io.bowline.rpc.serialization.json;

import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.TypeGraph;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Types and values that the tests of this package share. */
final class Samples {
    record Item(String name, int count, BigDecimal price) {}

    sealed interface Animal permits Dog, Cat {}

    record Dog(String name) implements Animal {}

    record Cat(int lives) implements Animal {}

    enum Step {
        UP {
            @Override
            int by() {
                return 1;
            }
        },
        DOWN {
            @Override
            int by() {
                return -1;
            }
        };

        abstract int by();
    }

    static final class Bean {
        private String name = "preset";
        private List<Bean> children;
        private final int size;

        private Bean() {
            size = 7;
        }

        static Bean of(String name, Bean... children) {
            Bean bean = new Bean();
            bean.name = name;
            bean.children = List.of(children);
            return bean;
        }

        String name() {
            return name;
        }

        List<Bean> children() {
            return children;
        }

        int size() {
            return size;
        }
    }

    static class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int left;

        Failure(String message, int left) {
            super(message);
            this.left = left;
        }

        Failure(String message) {
            this(message, 0);
        }

        int left() {
            return left;
        }
    }

    /** In no contract. */
    record Canary() {}

    record Order(
            long id,
            Animal pet,
            List<Animal> pets,
            Map<Integer, Item> byNumber,
            Map<Item, Step> byItem,
            Optional<Instant> at,
            Object any,
            double rate,
            byte[] bytes,
            int[][] grid,
            ZonedDateTime when,
            Duration lasted,
            BigInteger big,
            List<String> holes) {}

    static final Order ORDER = new Order(
            Long.MAX_VALUE,
            new Dog("Rex"),
            List.of(new Cat(9), new Dog("Ada")),
            Map.of(1, new Item("nut", 3, new BigDecimal("1.50"))),
            Map.of(new Item("bolt", 1, new BigDecimal("0E-3")), Step.UP),
            Optional.of(Instant.parse("2026-11-23T10:15:30.000000001Z")),
            Set.of(5L),
            -0.0,
            new byte[] {1, 2, 3},
            new int[][] {{1, 2}, {}},
            ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 0, ZoneId.of("Europe/Paris"))
                    .withLaterOffsetAtOverlap(),
            Duration.ofSeconds(-1, 1),
            new BigInteger("123456789012345678901234567890"),
            Arrays.asList("a", null, "\ud83d\ude00", "\ud83d"));

    private Samples() {}

    static Codec codec(Type type, Class<?>... registered) {
        return JsonSerializer.create().value(type, graph(type, registered));
    }

    static TypeGraph graph(Type type, Class<?>... registered) {
        return TypeGraph.of(Map.of("Sample.call", List.of(type)), Set.of(registered));
    }

    static String text(Codec codec, Object value) {
        WireOutput out = new WireOutput();
        codec.write(value, out);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }

    static Object read(Codec codec, String text) {
        return codec.read(new WireInput(text.getBytes(StandardCharsets.UTF_8)));
    }
}
