package io.bowline.rpc.wire.value;

import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.Property;
import io.bowline.rpc.wire.ResolvedType;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions: message, cause and the fields that the user's classes add. The stack and what was suppressed stay where
 * they are.
 *
 * <p>The JDK closes the fields of {@code Throwable}, so a constructor must bring the message back. Which one can is not
 * said anywhere: {@code (String)} may take the message or an item's name. Candidates are therefore tried until one makes
 * an exception with the message that was sent: message and cause, message, the own fields in their order, nothing. The
 * sender tries the same before it writes, and refuses what the receiver could not rebuild.
 */
final class Exceptions implements Maker {
    static final List<Part> FIRST = List.of(
            new Part("@message", ResolvedType.of(String.class)), new Part("@cause", ResolvedType.of(Throwable.class)));

    private enum Form {
        MESSAGE_CAUSE,
        MESSAGE,
        FIELDS,
        CAUSE,
        EMPTY
    }

    private record Candidate(Form form, MethodHandle factory) {}

    private final Class<?> type;
    private final MethodHandle[] getters;
    private final MethodHandle[] setters;
    private final List<Candidate> candidates = new ArrayList<>();

    Exceptions(Class<?> type, List<Property> properties, String path) {
        this.type = type;
        this.getters = Handles.getters(properties, path);
        this.setters = Handles.setters(properties, path);
        Class<?>[] own = properties.stream().map(p -> p.type().raw()).toArray(Class<?>[]::new);
        for (Form form : Form.values()) {
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                if (fits(form, constructor.getParameterTypes(), own) && open(constructor)) {
                    candidates.add(new Candidate(form, Handles.factory(constructor, path)));
                }
            }
        }
        if (candidates.isEmpty()) {
            throw Refusal.notSerializable(
                    type.getName() + " has no constructor that can rebuild it, at " + path,
                    "add one of (String, Throwable), (String), its fields in their order, or ()");
        }
    }

    /** The fields of the user's own classes; those of a JDK exception cannot be read. */
    static List<Property> properties(ResolvedType type, String path) {
        List<Property> properties = Property.of(type);
        boolean owned = type.raw().getClassLoader() == null;
        if (owned && type.raw() != Throwable.class && !properties.isEmpty()) {
            throw Refusal.notSerializable(
                    type.raw().getName() + " has fields that the JDK closes, at " + path,
                    "declare an exception of your own");
        }
        return owned ? List.of() : properties;
    }

    private static boolean fits(Form form, Class<?>[] parameters, Class<?>[] own) {
        return switch (form) {
            case MESSAGE_CAUSE -> parameters.length == 2 && parameters[0] == String.class && cause(parameters[1]);
            case MESSAGE -> parameters.length == 1 && parameters[0] == String.class;
            case FIELDS -> own.length > 0 && Arrays.equals(parameters, own);
            case CAUSE -> parameters.length == 1 && cause(parameters[0]);
            case EMPTY -> parameters.length == 0;
        };
    }

    private static boolean cause(Class<?> parameter) {
        return Throwable.class.isAssignableFrom(parameter);
    }

    /** What the JDK keeps to itself is left; what the user's module closes is refused with a reason later. */
    private static boolean open(Constructor<?> constructor) {
        return constructor.getDeclaringClass().getClassLoader() != null
                || java.lang.reflect.Modifier.isPublic(constructor.getModifiers());
    }

    @Override
    public @Nullable Object value(Object owner, int place) {
        Throwable thrown = (Throwable) owner;
        return switch (place) {
            case 0 -> thrown.getMessage();
            case 1 -> thrown.getCause();
            default -> Handles.get(getters[place - 2], owner);
        };
    }

    @Override
    public void check(Object value) {
        @Nullable Object[] values = new Object[getters.length + 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(value, i);
        }
        try {
            finish(values);
        } catch (RpcException e) {
            throw Refusal.notSerializable(
                    "no constructor of " + type.getName() + " makes this exception's message again",
                    "add one of (String, Throwable), (String) or its fields in their order");
        }
    }

    @Override
    public Object start() {
        return new Object[getters.length + 2];
    }

    @Override
    public void fill(Object draft, int place, @Nullable Object value) {
        ((@Nullable Object[]) draft)[place] = value;
    }

    @Override
    public Object finish(Object draft) {
        @Nullable Object[] values = (@Nullable Object[]) draft;
        for (Candidate candidate : candidates) {
            Throwable made = tried(candidate, values);
            if (made != null
                    && Objects.equals(made.getMessage(), values[0])
                    && Objects.equals(made.getCause(), values[1])) {
                return made;
            }
        }
        throw Refusal.malformed("no constructor of " + type.getName() + " makes an exception of these parts");
    }

    private @Nullable Throwable tried(Candidate candidate, @Nullable Object[] values) {
        @Nullable
        Object[] arguments = switch (candidate.form) {
            case MESSAGE_CAUSE -> new Object[] {values[0], values[1]};
            case MESSAGE -> new Object[] {values[0]};
            case FIELDS -> Arrays.copyOfRange(values, 2, values.length);
            case CAUSE -> new Object[] {values[1]};
            case EMPTY -> new Object[0];
        };
        try {
            Throwable made = (Throwable) Handles.make(candidate.factory, type, arguments);
            for (int i = 0; i < setters.length; i++) {
                if (values[i + 2] != null) {
                    Handles.set(setters[i], made, values[i + 2]);
                }
            }
            if (made.getCause() == null && values[1] != null) {
                made.initCause((Throwable) values[1]);
            }
            return made;
        } catch (RuntimeException e) {
            return null; // the next candidate may fit
        }
    }
}
