package io.bowline.rpc.serialization.protostuff;

import io.bowline.rpc.wire.Shape;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.List;

/**
 * One class's constructor and fields as one piece of code, copied for each class as {@link FieldTemplate} is for each
 * field. The fields are constants here, so the JIT makes one method of them all: no call a field, and the place in the
 * bytes stays in registers. Fields beyond the {@value #UNROLLED}th take a loop. No lambda can stand here: on JDK 17 a hidden
 * copy has no name by which one could be linked.
 */
final class LayoutTemplate extends Layout {
    private static final int UNROLLED = 16;
    private static final Spec SPEC = Templates.data(MethodHandles.lookup(), Spec.class);
    private static final MessageCodec OWNER = SPEC.owner();
    private static final Class<?> TYPE = SPEC.shape().type().raw();
    private static final MethodHandle START = SPEC.shape().start();
    private static final MethodHandle FINISH = SPEC.shape().finish();
    private static final FieldCodec[] FIELDS = SPEC.fields().toArray(new FieldCodec[0]);
    private static final FieldCodec F0 = field(0);
    private static final FieldCodec F1 = field(1);
    private static final FieldCodec F2 = field(2);
    private static final FieldCodec F3 = field(3);
    private static final FieldCodec F4 = field(4);
    private static final FieldCodec F5 = field(5);
    private static final FieldCodec F6 = field(6);
    private static final FieldCodec F7 = field(7);
    private static final FieldCodec F8 = field(8);
    private static final FieldCodec F9 = field(9);
    private static final FieldCodec F10 = field(10);
    private static final FieldCodec F11 = field(11);
    private static final FieldCodec F12 = field(12);
    private static final FieldCodec F13 = field(13);
    private static final FieldCodec F14 = field(14);
    private static final FieldCodec F15 = field(15);

    /** What tells one class from another. The owner reads what does not come in the declared order. */
    record Spec(MessageCodec owner, Shape shape, List<FieldCodec> fields) {}

    private static FieldCodec field(int index) {
        return index < FIELDS.length ? FIELDS[index] : NoField.INSTANCE;
    }

    @Override
    boolean write(Object value, Writer out) {
        if (value.getClass() != TYPE) {
            return false;
        }
        F0.write(value, out);
        F1.write(value, out);
        F2.write(value, out);
        F3.write(value, out);
        F4.write(value, out);
        F5.write(value, out);
        F6.write(value, out);
        F7.write(value, out);
        F8.write(value, out);
        F9.write(value, out);
        F10.write(value, out);
        F11.write(value, out);
        F12.write(value, out);
        F13.write(value, out);
        F14.write(value, out);
        F15.write(value, out);
        for (int i = UNROLLED; i < FIELDS.length; i++) {
            FIELDS[i].write(value, out);
        }
        return true;
    }

    @Override
    Object read(Reader in) {
        try {
            Object draft = (Object) START.invokeExact();
            F0.readIfNext(in, draft);
            F1.readIfNext(in, draft);
            F2.readIfNext(in, draft);
            F3.readIfNext(in, draft);
            F4.readIfNext(in, draft);
            F5.readIfNext(in, draft);
            F6.readIfNext(in, draft);
            F7.readIfNext(in, draft);
            F8.readIfNext(in, draft);
            F9.readIfNext(in, draft);
            F10.readIfNext(in, draft);
            F11.readIfNext(in, draft);
            F12.readIfNext(in, draft);
            F13.readIfNext(in, draft);
            F14.readIfNext(in, draft);
            F15.readIfNext(in, draft);
            if (in.more()) {
                OWNER.readRest(in, draft);
            }
            return (Object) FINISH.invokeExact(draft);
        } catch (Throwable thrown) {
            throw Templates.sneaky(thrown);
        }
    }
}
