package io.bowline.rpc.testkit;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.Serializer;
import io.bowline.rpc.wire.TypeGraph;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.lang.reflect.Type;
import java.util.List;

/** A serializer of texts: the testkit has none of its own. */
public final class TextSerializer implements Serializer {
    @Override
    public String name() {
        return "texts";
    }

    @Override
    public Codec value(Type type, TypeGraph types) {
        if (type != String.class) {
            throw RpcException.of(Code.NOT_SERIALIZABLE, type + " (expected: String)");
        }
        return new Text();
    }

    @Override
    public Codec arguments(List<Type> parameterTypes, TypeGraph types) {
        parameterTypes.forEach(type -> value(type, types));
        return new TextList(parameterTypes.size());
    }

    private static final class Text implements Codec {
        @Override
        public void write(Object value, WireOutput out) {
            out.writeString((String) value);
        }

        @Override
        public Object read(WireInput in) {
            return in.readString();
        }
    }

    private record TextList(int size) implements Codec {
        @Override
        public void write(Object value, WireOutput out) {
            for (Object text : (Object[]) value) {
                out.writeString((String) text);
            }
        }

        @Override
        public Object read(WireInput in) {
            Object[] texts = new Object[size];
            for (int i = 0; i < size; i++) {
                texts[i] = in.readString();
            }
            return texts;
        }
    }
}
