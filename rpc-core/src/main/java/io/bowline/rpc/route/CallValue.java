package io.bowline.rpc.route;

import io.bowline.rpc.Property;
import io.bowline.rpc.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a rule looks at in a call: a label of its metadata, {@code @tenant}, or an argument, {@code 0.userId}. Thread-safe. */
sealed interface CallValue {
    /** The value; null where there is none. Never throws. */
    @Nullable
    Object of(Request request);

    /** Reads either; throws {@link IllegalArgumentException} if the text is neither. */
    static CallValue parse(String text) {
        return text.length() > 1 && text.startsWith("@") ? new Label(text.substring(1)) : argument(text);
    }

    /** Reads a path; throws {@link IllegalArgumentException} if it does not begin with an argument's number. */
    static CallValue argument(String path) {
        String[] parts = path.split("\\.", -1);
        if (!parts[0].matches("\\d{1,3}")) {
            throw invalid(path);
        }
        List<Property> steps = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].isEmpty()) {
                throw invalid(path);
            }
            steps.add(Property.ofState(parts[i]));
        }
        return new Argument(Integer.parseInt(parts[0]), List.copyOf(steps));
    }

    private static IllegalArgumentException invalid(String path) {
        return new IllegalArgumentException(
                "'" + path + "' (expected: an argument's number from 0, then properties: 0.userId)");
    }

    /** A label of the metadata. */
    record Label(String name) implements CallValue {
        @Override
        public @Nullable Object of(Request request) {
            return request.metadata().get(name);
        }
    }

    /** An argument, or a property in it. */
    record Argument(int index, List<Property> steps) implements CallValue {
        @Override
        public @Nullable Object of(Request request) {
            @Nullable Object[] arguments = request.arguments();
            Object value = index < arguments.length ? arguments[index] : null;
            for (int i = 0; i < steps.size() && value != null; i++) {
                value = steps.get(i).of(value);
            }
            return value;
        }
    }
}
