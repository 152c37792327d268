package io.bowline.rpc.balance;

import io.bowline.rpc.Code;
import io.bowline.rpc.Request;
import io.bowline.rpc.RpcException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key in an argument, reached by a path such as {@code 0.userId}. How a class answers for a property is found out
 * when it is first seen; after that, a step is one look-up by class and one call. A number at the end of the path is not
 * boxed.
 */
final class ArgumentKey implements RequestKey {
    private final int argument;
    private final List<KeyProperty> steps;

    private ArgumentKey(int argument, List<KeyProperty> steps) {
        this.argument = argument;
        this.steps = steps;
    }

    static ArgumentKey of(String path) {
        String[] parts = path.split("\\.", -1);
        List<KeyProperty> steps = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            steps.add(new KeyProperty(checked(path, parts[i])));
        }
        try {
            int argument = Integer.parseInt(parts[0]);
            if (argument >= 0) {
                return new ArgumentKey(argument, List.copyOf(steps));
            }
        } catch (NumberFormatException noNumber) {
            // Told below.
        }
        throw invalid(path);
    }

    private static String checked(String path, String name) {
        if (name.isEmpty()) {
            throw invalid(path);
        }
        return name;
    }

    private static RpcException invalid(String path) {
        return RpcException.of(
                Code.INVALID_CONFIGURATION,
                "the key '" + path + "' is no path (expected: an argument's number from 0, then properties: 0.userId)");
    }

    @Override
    public long hash(Request request) {
        @Nullable Object[] arguments = request.arguments();
        if (argument >= arguments.length) {
            return NONE;
        }
        int last = steps.size() - 1;
        Object value = follow(arguments[argument], last);
        return value == null || last < 0 ? Hashing.key(value) : steps.get(last).hash(value);
    }

    @Override
    public @Nullable Object value(Request request) {
        @Nullable Object[] arguments = request.arguments();
        return argument >= arguments.length ? null : follow(arguments[argument], steps.size());
    }

    private @Nullable Object follow(@Nullable Object start, int count) {
        Object value = start;
        for (int i = 0; i < count && value != null; i++) {
            value = steps.get(i).value(value);
        }
        return value;
    }
}
