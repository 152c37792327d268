package io.bowline.rpc.serialization.protostuff;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The classes that may stand at one open place, by their exact names. Nothing is loaded by a name. */
final class Names {
    private final Map<String, Named> byName = new HashMap<>();
    private final Map<Class<?>, Named> byClass = new HashMap<>();

    private record Named(String name, ValueCodec codec) {}

    void put(Class<?> type, ValueCodec codec) {
        Named named = new Named(type.getName(), codec);
        byName.put(named.name(), named);
        byClass.put(type, named);
    }

    /** Writes the class's name and the value; whether the class may stand here. */
    boolean write(Object value, Writer out) {
        Class<?> type = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
        Named named = byClass.get(type);
        if (named == null) {
            return false;
        }
        out.tag(Wire.CLASS_TAG);
        out.text(named.name());
        if (named.codec() instanceof BodyCodec body) {
            body.writeBody(value, out);
        } else {
            out.tag(Wire.tag(Wire.VALUE_NUMBER, named.codec().wireType()));
            named.codec().write(value, out);
        }
        return true;
    }

    /** Reads a name, whose tag has been read, and the value behind it. */
    Object read(Reader in) {
        String name = in.text();
        Named named = byName.get(name);
        if (named == null) {
            throw Reader.malformed("the class " + printable(name) + ", which the contract does not hold here");
        }
        if (named.codec() instanceof BodyCodec body) {
            return body.readBody(in);
        }
        int tag = in.tag();
        if (tag != Wire.tag(Wire.VALUE_NUMBER, named.codec().wireType())) {
            throw Reader.malformed("no value behind the name of " + named.name());
        }
        return named.codec().read(in);
    }

    static RpcException notHeld(Object value, @Nullable Class<?> declared) {
        String where = declared == null ? "" : " where " + declared.getName() + " is declared";
        return RpcException.unprocessed(
                Code.NOT_SERIALIZABLE,
                value.getClass().getName() + " is not in the contract, and stands" + where
                        + "; register it on the client and on the server");
    }

    /** A name off the wire, fit for a log line. */
    private static String printable(String name) {
        String shortened = name.length() > 100 ? name.substring(0, 100) + "…" : name;
        return shortened.replaceAll("[^\\p{L}\\p{N}.$_;\\[…]", "?");
    }
}
