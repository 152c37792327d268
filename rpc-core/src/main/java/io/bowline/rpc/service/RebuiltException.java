package io.bowline.rpc.service;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.Serializer;
import io.bowline.rpc.wire.TypeGraph;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An exception type that may be made anew from its message, its cause and its fields.
 *
 * <p>A user's exception rarely has a constructor that fits, so the instance is made the way deserialization makes one:
 * the nearest JDK ancestor's constructor runs, the type's own do not, and its fields are set after that. Only types of
 * the contract ever get here.
 */
final class RebuiltException {
    private final Class<?> type;
    private final Constructor<?> constructor;
    private final Map<String, FieldCodec> fields;

    private RebuiltException(Class<?> type, Constructor<?> constructor, Map<String, FieldCodec> fields) {
        this.type = type;
        this.constructor = constructor;
        this.fields = fields;
    }

    private record FieldCodec(Field field, Codec codec) {}

    /** The JDK's own that hold no more than a message: a service may throw them undeclared. */
    static Map<String, RebuiltException> common() {
        Map<String, RebuiltException> common = new HashMap<>();
        for (Class<?> type : List.of(
                Exception.class,
                RuntimeException.class,
                IllegalArgumentException.class,
                NumberFormatException.class,
                IllegalStateException.class,
                UnsupportedOperationException.class,
                NullPointerException.class,
                IndexOutOfBoundsException.class,
                ArrayIndexOutOfBoundsException.class,
                ArithmeticException.class,
                ClassCastException.class,
                SecurityException.class,
                NoSuchElementException.class,
                ConcurrentModificationException.class,
                DateTimeException.class,
                TimeoutException.class,
                java.io.IOException.class,
                java.io.FileNotFoundException.class)) {
            common.put(type.getName(), new RebuiltException(type, textConstructor(type), Map.of()));
        }
        return common;
    }

    /** Adds a type if it is an exception that can be made. */
    static void addTo(Map<String, RebuiltException> known, Class<?> type, Serializer serializer, TypeGraph types) {
        if (!Throwable.class.isAssignableFrom(type)
                || Modifier.isAbstract(type.getModifiers())
                || known.containsKey(type.getName())) {
            return;
        }
        Class<?> ancestor = type;
        Map<String, FieldCodec> fields = new LinkedHashMap<>();
        for (; !isOfJdk(ancestor); ancestor = ancestor.getSuperclass()) {
            for (Field field : ancestor.getDeclaredFields()) {
                if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0) {
                    field.setAccessible(true);
                    Codec codec = serializer.value(field.getGenericType(), types);
                    fields.put(ancestor.getSimpleName() + "." + field.getName(), new FieldCodec(field, codec));
                }
            }
        }
        Constructor<?> constructor =
                ancestor == type ? textConstructor(type) : SerializationConstructor.of(type, textConstructor(ancestor));
        known.put(type.getName(), new RebuiltException(type, constructor, fields));
    }

    /** Whether the type is the JDK's own: its fields are its own business, its constructors are public. */
    private static boolean isOfJdk(Class<?> type) {
        return type.getName().startsWith("java.") || type.getName().startsWith("javax.");
    }

    /** The constructor that takes a message, of the type or of its nearest ancestor that has one. */
    private static Constructor<?> textConstructor(Class<?> type) {
        for (Class<?> ancestor = type; ancestor != Object.class; ancestor = ancestor.getSuperclass()) {
            for (Constructor<?> constructor : ancestor.getConstructors()) {
                if (Arrays.equals(constructor.getParameterTypes(), new Class<?>[] {String.class})) {
                    return ancestor == type ? constructor : SerializationConstructor.of(type, constructor);
                }
            }
        }
        throw new IllegalStateException("Throwable has a constructor that takes a message");
    }

    /** Appends the field count, then name, length and value of each. A field that cannot be written is left out. */
    void writeFields(Throwable thrown, WireOutput out) {
        WireOutput body = new WireOutput();
        WireOutput value = new WireOutput();
        int written = 0;
        for (Map.Entry<String, FieldCodec> entry : fields.entrySet()) {
            value.reset();
            try {
                entry.getValue().codec().write(entry.getValue().field().get(thrown), value);
            } catch (RpcException | IllegalAccessException unwritable) {
                continue;
            }
            body.writeString(entry.getKey());
            body.writeVarInt(value.size());
            body.write(value.array(), 0, value.size());
            written++;
        }
        out.writeVarInt(body.size() + Integer.BYTES);
        out.writeInt(written);
        out.write(body.array(), 0, body.size());
    }

    /** The bytes of one exception's fields, taken off the front. */
    static byte[] ownFields(WireInput in) {
        return in.remaining() == 0 ? new byte[0] : in.readBytes(in.readLength());
    }

    /** A new exception; fields that are missing keep their defaults, unknown ones are stepped over. */
    Throwable create(@Nullable String message, @Nullable Throwable cause, WireInput own) {
        try {
            Throwable made = (Throwable) constructor.newInstance(message);
            if (cause != null && made.getCause() == null) {
                made.initCause(cause);
            }
            if (own.remaining() > 0) {
                readFields(made, own);
            }
            return made;
        } catch (ReflectiveOperationException | IllegalStateException | InaccessibleObjectException impossible) {
            throw RpcException.of(Code.INTERNAL, "cannot rebuild " + type.getName() + ": " + impossible, impossible);
        }
    }

    private void readFields(Throwable made, WireInput own) throws IllegalAccessException {
        int count = own.readInt();
        for (int i = 0; i < count; i++) {
            FieldCodec known = fields.get(own.readString());
            WireInput value = own.slice(own.readLength());
            if (known != null) {
                known.field().set(made, known.codec().read(value));
            }
        }
    }
}
