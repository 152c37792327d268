package io.bowline.rpc.serialization.protostuff;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of values numbered by position, from 1. Null is not written. Here every failure of the codecs below becomes
 * the one that {@link Codec} promises.
 */
final class PositionsCodec implements Codec {
    /** Keeps what other methods of the contract share. */
    @SuppressWarnings({"UnusedVariable", "FieldCanBeLocal"}) // holding the reference is the use
    private final Codecs shared;

    private final ValueCodec[] values;
    private final int[] tags;
    private final @Nullable Object[] absent;

    PositionsCodec(Codecs shared, List<Type> types, List<ValueCodec> values) {
        this.shared = shared;
        this.values = values.toArray(ValueCodec[]::new);
        this.tags = new int[this.values.length];
        this.absent = new Object[this.values.length];
        for (int i = 0; i < tags.length; i++) {
            tags[i] = Wire.tag(i + 1, this.values[i].wireType());
            absent[i] = types.get(i) instanceof Class<?> type ? zero(type) : null;
        }
    }

    /** What an argument that was not sent is: zero for a primitive, as a missing field is. */
    private static @Nullable Object zero(Class<?> type) {
        return type.isPrimitive() && type != void.class ? Array.get(Array.newInstance(type, 1), 0) : null;
    }

    @Override
    public void write(@Nullable Object arguments, WireOutput out) {
        int begin = out.size();
        try {
            Writer writer = Writer.of(out);
            @Nullable Object[] list = arguments == null ? new Object[0] : (Object[]) arguments;
            for (int i = 0; i < list.length; i++) {
                writeAt(i, list[i], writer);
            }
        } catch (RuntimeException failed) {
            throw notWritten(failed, begin, out);
        }
    }

    ValueCodec codec(int index) {
        return values[index];
    }

    void writeOne(@Nullable Object value, WireOutput out) {
        int begin = out.size();
        try {
            writeAt(0, value, Writer.of(out));
        } catch (RuntimeException failed) {
            throw notWritten(failed, begin, out);
        }
    }

    private void writeAt(int index, @Nullable Object value, Writer writer) {
        if (value != null) {
            writer.tag(tags[index]);
            values[index].write(value, writer);
        }
    }

    private static RpcException notWritten(RuntimeException failed, int begin, WireOutput out) {
        out.truncate(begin);
        return failed instanceof RpcException known
                ? known
                : RpcException.unprocessed(Code.NOT_SERIALIZABLE, "a value cannot be written: " + failed, failed);
    }

    @Override
    public Object read(WireInput in) {
        @Nullable Object[] list = absent.clone();
        readAll(in, list);
        return list;
    }

    /** The first value. */
    @Nullable
    Object readOne(WireInput in) {
        return readAll(in, null);
    }

    /** Reads all values into the list, or, without one, the first, which is returned. */
    private @Nullable Object readAll(WireInput in, @Nullable Object @Nullable [] list) {
        Object first = list == null ? absent[0] : null;
        try {
            Reader reader = Reader.of(in);
            while (reader.more()) {
                int tag = reader.tag();
                int index = Wire.number(tag) - 1;
                if (index < 0 || index >= tags.length || tags[index] != tag) {
                    reader.skip(tag);
                } else if (list == null) {
                    first = values[index].read(reader);
                } else {
                    list[index] = values[index].read(reader);
                }
            }
            in.skipBytes(in.remaining());
            return first;
        } catch (RpcException known) {
            throw known;
        } catch (RuntimeException failed) {
            throw RpcException.of(Code.MALFORMED_DATA, "cannot read protostuff: " + failed, failed);
        }
    }
}
