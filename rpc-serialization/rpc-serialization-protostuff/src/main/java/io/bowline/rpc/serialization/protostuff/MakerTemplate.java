package io.bowline.rpc.serialization.protostuff;

import io.bowline.rpc.wire.Shape;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/** One class's constructor, copied for each class as {@link FieldTemplate} is for each field, and for the same reason. */
final class MakerTemplate extends Maker {
    private static final Shape SHAPE = Templates.data(MethodHandles.lookup(), Shape.class);
    private static final MethodHandle START = SHAPE.start();
    private static final MethodHandle FINISH = SHAPE.finish();

    @Override
    Object start() {
        try {
            return (Object) START.invokeExact();
        } catch (Throwable thrown) {
            throw Templates.sneaky(thrown);
        }
    }

    @Override
    Object finish(Object draft) {
        try {
            return (Object) FINISH.invokeExact(draft);
        } catch (Throwable thrown) {
            throw Templates.sneaky(thrown);
        }
    }
}
