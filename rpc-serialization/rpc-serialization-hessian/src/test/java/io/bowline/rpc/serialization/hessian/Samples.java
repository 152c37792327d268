package io.bowline.rpc.serialization.hessian;

import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.TypeGraph;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Types and values that the tests of this package share. */
final class Samples {
    record Point(int x, int y) {}

    record Line(Point from, Point to) {}

    record OldLine(Point to) {}

    enum Colour {
        RED,
        GREEN
    }

    record Picture(
            String name,
            Colour colour,
            List<Point> points,
            Map<String, Point> named,
            Set<Colour> colours,
            Optional<Instant> at,
            Object any,
            BigDecimal price,
            double[] weights,
            String[][] grid,
            byte[] bytes) {}

    /** A bean that both we and other implementations of Hessian can make. */
    static class Bean implements Serializable {
        private static final long serialVersionUID = 1;
        String name;
        int count;
        long total;
        double rate;
        boolean open;
        Colour colour;
        BigDecimal price;
        ArrayList<String> tags = new ArrayList<>();
        LinkedHashMap<String, Integer> counts = new LinkedHashMap<>();
        int[] numbers = {};
        byte[] bytes = {};
        Bean next;

        static Bean filled() {
            Bean bean = new Bean();
            bean.name = "naïve \u20ac \ud83d\ude00";
            bean.count = -300;
            bean.total = 1L << 40;
            bean.rate = 0.1;
            bean.open = true;
            bean.colour = Colour.GREEN;
            bean.price = new BigDecimal("1.50");
            bean.tags.addAll(List.of("a", "", "x".repeat(5_000)));
            bean.counts.put("one", 1);
            bean.counts.put("many", 300_000);
            bean.numbers = new int[] {1, -2_000, 70_000, Integer.MIN_VALUE, 5, 6, 7, 8, 9};
            bean.bytes = "b".repeat(40_000).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            bean.next = bean;
            return bean;
        }
    }

    static final Picture PICTURE = new Picture(
            "p",
            Colour.RED,
            List.of(new Point(1, 2), new Point(-1, 300_000)),
            Map.of("a", new Point(0, 0)),
            Set.of(Colour.GREEN),
            Optional.of(Instant.EPOCH),
            List.of(1L, 2, 0.5, Set.of("x"), Map.of(1, Colour.RED), new int[] {7}, (byte) 1, new BigDecimal("2.0")),
            new BigDecimal("1.50"),
            new double[] {-0.0, 1, 127, -300, 0.1},
            new String[][] {{"a"}, {}, null},
            new byte[] {1, 2});

    private Samples() {}

    static Codec codec(Type type, Class<?>... registered) {
        return HessianSerializer.create().value(type, graph(type, registered));
    }

    static TypeGraph graph(Type type, Class<?>... registered) {
        return TypeGraph.of(Map.of("Sample.call", List.of(type)), Set.of(registered));
    }

    static byte[] bytes(Codec codec, Object value) {
        WireOutput out = new WireOutput();
        codec.write(value, out);
        return out.toByteArray();
    }

    static String hex(Codec codec, Object value) {
        return HexFormat.of().formatHex(bytes(codec, value));
    }

    static Object read(Codec codec, byte[] bytes) {
        return codec.read(new WireInput(bytes));
    }

    static Object read(Codec codec, String hex) {
        return read(codec, HexFormat.of().parseHex(hex.replace(" ", "")));
    }
}
