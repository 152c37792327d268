package io.bowline.rpc.filter;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How results of declared types are made into one. */
final class Mergers {
    private static final Map<Class<?>, BinaryOperator<Object>> SUMS = Map.of(
            Integer.class, (left, right) -> Math.addExact((int) left, (int) right),
            Long.class, (left, right) -> Math.addExact((long) left, (long) right),
            Short.class, (left, right) -> exactShort((short) left + (short) right),
            Byte.class, (left, right) -> exactByte((byte) left + (byte) right),
            Double.class, (left, right) -> (double) left + (double) right,
            Float.class, (left, right) -> (float) left + (float) right,
            BigInteger.class, (left, right) -> ((BigInteger) left).add((BigInteger) right),
            BigDecimal.class, (left, right) -> ((BigDecimal) left).add((BigDecimal) right));

    private static final Map<Class<?>, Class<?>> BOXES = Map.of(
            int.class, Integer.class,
            long.class, Long.class,
            short.class, Short.class,
            byte.class, Byte.class,
            double.class, Double.class,
            float.class, Float.class);

    private Mergers() {}

    /** A function of at least one result, none of them null; null for a type that has none. */
    static @Nullable Function<List<?>, Object> of(Type result) {
        Type bare = result instanceof ParameterizedType generic ? generic.getRawType() : result;
        if (bare == List.class || bare == Collection.class || bare == Iterable.class) {
            return results -> gather(results, new ArrayList<>());
        }
        if (bare == Set.class) {
            return results -> gather(results, new LinkedHashSet<>());
        }
        if (bare == Map.class) {
            Function<List<?>, Object> values =
                    result instanceof ParameterizedType generic ? of(generic.getActualTypeArguments()[1]) : null;
            return results -> union(results, values);
        }
        BinaryOperator<Object> sum =
                SUMS.get(BOXES.getOrDefault(bare, bare instanceof Class<?> type ? type : void.class));
        return sum == null
                ? null
                : results ->
                        results.stream().map(Object.class::cast).reduce(sum).orElseThrow();
    }

    private static Object gather(List<?> results, Collection<@Nullable Object> into) {
        for (Object result : results) {
            ((Iterable<?>) result).forEach(into::add);
        }
        return into;
    }

    private static Object union(List<?> results, @Nullable Function<List<?>, Object> values) {
        Map<@Nullable Object, @Nullable Object> union = new LinkedHashMap<>();
        for (Object result : results) {
            ((Map<?, ?>) result).forEach((key, value) -> {
                Object known = union.putIfAbsent(key, value);
                if (known != null && value != null && values != null) {
                    union.put(key, values.apply(List.of(known, value)));
                }
            });
        }
        return union;
    }

    private static short exactShort(int sum) {
        if (sum != (short) sum) {
            throw new ArithmeticException("short overflow");
        }
        return (short) sum;
    }

    private static byte exactByte(int sum) {
        if (sum != (byte) sum) {
            throw new ArithmeticException("byte overflow");
        }
        return (byte) sum;
    }
}
