package io.bowline.rpc.sentinel;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Names of methods with the types of arrays as {@link Class#getName()} has them: {@code find([I)} for {@code find(int[])}. */
final class ArrayNames {
    private static final Map<String, String> PRIMITIVES = Map.of(
            "boolean", "Z", "byte", "B", "char", "C", "short", "S", "int", "I", "long", "J", "float", "F", "double",
            "D");

    private ArrayNames() {}

    static String of(String method) {
        int open = method.indexOf('(');
        if (open < 0 || !method.contains("[]")) {
            return method;
        }
        String[] types = method.substring(open + 1, method.length() - 1).split(",", -1);
        return Arrays.stream(types)
                .map(ArrayNames::type)
                .collect(Collectors.joining(",", method.substring(0, open + 1), ")"));
    }

    private static String type(String name) {
        int brackets = name.indexOf("[]");
        if (brackets < 0) {
            return name;
        }
        String element = name.substring(0, brackets);
        String primitive = PRIMITIVES.get(element);
        return "[".repeat((name.length() - brackets) / 2) + (primitive == null ? "L" + element + ";" : primitive);
    }
}
