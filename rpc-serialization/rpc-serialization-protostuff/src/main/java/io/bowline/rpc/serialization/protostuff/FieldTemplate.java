package io.bowline.rpc.serialization.protostuff;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One field's access, compiled as if it were written by hand. This class is never used as it stands: {@link Templates}
 * defines it anew as a hidden class for each field, with that field's {@link Spec} as class data. So each copy has its
 * handles and its codec in {@code static final} fields of its own, which the JIT takes for constants: the handle becomes
 * a plain field access, the switch its one case, and the codec's call direct. A handle in an instance field would cost
 * some twenty nanoseconds a field, as reflection does.
 */
final class FieldTemplate extends FieldCodec {
    private static final Spec SPEC = Templates.data(MethodHandles.lookup(), Spec.class);
    private static final MethodHandle GET = SPEC.getter();
    private static final MethodHandle SET = SPEC.setter();
    private static final int TAG = SPEC.tag();
    private static final int SIZE = Wire.size(TAG);
    private static final int WRITTEN = Wire.written(TAG);
    private static final int MASK = (1 << (Byte.SIZE * SIZE)) - 1;
    private static final boolean ALWAYS = SPEC.always();
    private static final Slot SLOT = SPEC.slot();
    private static final ValueCodec VALUE = SPEC.value();

    /** What tells one field from another. {@code always}: zero and null are written too. */
    record Spec(
            String name,
            int tag,
            boolean always,
            Slot slot,
            MethodHandle getter,
            MethodHandle setter,
            ValueCodec value) {}

    /** The types that a handle tells apart. */
    enum Slot {
        BOOLEAN,
        BYTE,
        SHORT,
        CHAR,
        INT,
        LONG,
        FLOAT,
        DOUBLE,
        TEXT,
        REFERENCE;

        static Slot of(Class<?> type) {
            if (type.isPrimitive()) {
                return valueOf(type.getName().toUpperCase(Locale.ROOT));
            }
            return type == String.class ? TEXT : REFERENCE;
        }
    }

    FieldTemplate() {
        super(TAG, SPEC.name());
    }

    @Override
    void write(Object owner, Writer out) {
        try {
            switch (SLOT) {
                case BOOLEAN -> {
                    boolean value = (boolean) GET.invokeExact(owner);
                    if (value || ALWAYS) {
                        out.tag(TAG);
                        out.bool(value);
                    }
                }
                case BYTE -> writeInt((byte) GET.invokeExact(owner), out);
                case SHORT -> writeInt((short) GET.invokeExact(owner), out);
                case INT -> writeInt((int) GET.invokeExact(owner), out);
                case CHAR -> {
                    char value = (char) GET.invokeExact(owner);
                    if (value != 0 || ALWAYS) {
                        out.tag(TAG);
                        out.varInt(value);
                    }
                }
                case LONG -> {
                    long value = (long) GET.invokeExact(owner);
                    if (value != 0 || ALWAYS) {
                        out.tag(TAG);
                        out.zigzag(value);
                    }
                }
                case FLOAT -> {
                    int bits = Float.floatToRawIntBits((float) GET.invokeExact(owner));
                    if (bits != 0 || ALWAYS) {
                        out.tag(TAG);
                        out.fixed32(bits);
                    }
                }
                case DOUBLE -> {
                    long bits = Double.doubleToRawLongBits((double) GET.invokeExact(owner));
                    if (bits != 0 || ALWAYS) {
                        out.tag(TAG);
                        out.fixed64(bits);
                    }
                }
                case TEXT, REFERENCE -> writeReference((Object) GET.invokeExact(owner), out);
            }
        } catch (Throwable thrown) {
            throw Templates.sneaky(thrown);
        }
    }

    private static void writeInt(int value, Writer out) {
        if (value != 0 || ALWAYS) {
            out.tag(TAG);
            out.zigzag(value);
        }
    }

    private static void writeReference(@Nullable Object value, Writer out) {
        if (value != null) {
            out.tag(TAG);
            if (SLOT == Slot.TEXT) {
                out.text((String) value);
            } else {
                VALUE.write(value, out);
            }
        } else if (ALWAYS) {
            out.tag(Wire.NULL_TAG);
            out.varInt(Wire.number(TAG));
        }
    }

    @Override
    void read(Reader in, Object draft) {
        try {
            switch (SLOT) {
                case BOOLEAN -> SET.invokeExact(draft, in.bool());
                case BYTE -> SET.invokeExact(draft, Scalars.narrowByte(in.zigzagInt()));
                case SHORT -> SET.invokeExact(draft, Scalars.narrowShort(in.zigzagInt()));
                case CHAR -> SET.invokeExact(draft, Scalars.narrowChar(in.varInt()));
                case INT -> SET.invokeExact(draft, in.zigzagInt());
                case LONG -> SET.invokeExact(draft, in.zigzagLong());
                case FLOAT -> SET.invokeExact(draft, Float.intBitsToFloat(in.fixed32()));
                case DOUBLE -> SET.invokeExact(draft, Double.longBitsToDouble(in.fixed64()));
                case TEXT -> SET.invokeExact(draft, (Object) in.text());
                case REFERENCE -> SET.invokeExact(draft, VALUE.read(in));
            }
        } catch (Throwable thrown) {
            throw Templates.sneaky(thrown);
        }
    }

    @Override
    void readIfNext(Reader in, Object draft) {
        if (in.stepOver(WRITTEN, MASK, SIZE)) {
            read(in, draft);
        }
    }

    @Override
    void clear(Object draft) {
        if (SLOT == Slot.REFERENCE || SLOT == Slot.TEXT) {
            try {
                SET.invokeExact(draft, (Object) null);
            } catch (Throwable thrown) {
                throw Templates.sneaky(thrown);
            }
        }
    }
}
