package io.bowline.rpc.serialization.protostuff;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;

/**
 * Defines hidden copies of a class of this package, each with data of its own. The copied bytes are the compiled class
 * itself, read from beside this one; no code is generated. A copy goes when nothing refers to it any more. Thread-safe.
 */
final class Templates {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final byte[] FIELD = bytes("FieldTemplate");
    private static final byte[] LAYOUT = bytes("LayoutTemplate");

    private Templates() {}

    static FieldCodec field(FieldTemplate.Spec spec) {
        return copy(FIELD, spec, FieldCodec.class);
    }

    static Layout layout(LayoutTemplate.Spec spec) {
        return copy(LAYOUT, spec, Layout.class);
    }

    /** The data of the copy that calls. */
    static <T> T data(MethodHandles.Lookup caller, Class<T> type) {
        try {
            return type.cast(MethodHandles.classData(caller, "_", type));
        } catch (IllegalAccessException impossible) {
            throw new LinkageError("a template reads its own data", impossible);
        }
    }

    /** Throws on what a handle threw: user constructors may throw anything. */
    static RuntimeException sneaky(Throwable thrown) {
        throw Templates.<RuntimeException>as(thrown);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // lets a checked exception pass as it is
    private static <E extends Throwable> E as(Throwable thrown) throws E {
        throw (E) thrown;
    }

    private static <T> T copy(byte[] template, Object data, Class<T> type) {
        try {
            Class<?> copy =
                    LOOKUP.defineHiddenClassWithClassData(template, data, true).lookupClass();
            return type.cast(copy.getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("cannot define a copy of a template", impossible);
        }
    }

    private static byte[] bytes(String name) {
        try (InputStream in = Templates.class.getResourceAsStream(name + ".class")) {
            if (in == null) {
                throw new LinkageError(name + ".class is missing beside " + Templates.class.getName());
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
