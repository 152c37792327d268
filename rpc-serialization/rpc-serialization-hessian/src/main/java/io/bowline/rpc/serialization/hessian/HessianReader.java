package io.bowline.rpc.serialization.hessian;

import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.value.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads one message: the tables of class definitions, type names and numbered objects, and the bounds on depth and
 * count. Nodes decide what a value may be; nothing here turns a name into a class. Used by one thread for one message.
 *
 * <p>A reference is followed only where the same node reads that wrote what it refers to, so that a list of texts cannot
 * stand, by reference, for a list of items. An object may stand first in a field that this version of a class no longer
 * has, and be referred to from one that it has: what is skipped is therefore remembered by its place in the bytes, and
 * read from there when a reference asks for it.
 */
@SuppressWarnings("ReferenceEquality") // nodes, and the mark of the unfinished, are compared by identity
final class HessianReader {
    /** Values in one message. A value takes at least one byte, and up to some sixty in memory. */
    private static final int MAX_VALUES = 10_000_000;

    private static final Object UNFINISHED = new Object();

    /** What was stepped over, and the sizes of the tables there. */
    private record Skipped(int at, int numbered, int definitions, int types) {}

    private record Numbered(Object value, @Nullable Node by) {}

    final HessianInput in;
    private final List<Numbered> objects = new ArrayList<>();
    private final List<Definition> definitions = new ArrayList<>(4);
    private final List<String> types = new ArrayList<>(4);
    private int numbered;
    private int defined;
    private int named;
    private int left = MAX_VALUES;
    private int depth;
    private int keys;
    private int tagAt;
    private int definedAtTag;

    private HessianReader(HessianInput in) {
        this.in = in;
    }

    /** Reads a message that takes all of the input; whatever goes wrong is the bytes' fault. */
    static @Nullable Object read(String declared, WireInput bytes, Function<HessianReader, @Nullable Object> body) {
        int length = bytes.remaining();
        HessianReader reader = new HessianReader(new HessianInput(bytes.array(), bytes.position(), length));
        bytes.skipBytes(length);
        try {
            Object value = body.apply(reader);
            if (reader.in.remaining() > 0) {
                throw Refusal.malformed(reader.in.remaining() + " bytes after the value");
            }
            return value;
        } catch (RpcException e) {
            throw e;
        } catch (RuntimeException e) {
            throw Refusal.malformed(declared + " as Hessian", e);
        }
    }

    /** The first byte of the next value, behind the definitions of classes that stand before it. */
    int tag() {
        if (--left < 0) {
            throw Refusal.malformed("more than " + MAX_VALUES + " values");
        }
        tagAt = in.at;
        definedAtTag = defined;
        int tag = in.next();
        while (tag == Tags.CLASS) {
            define();
            tag = in.next();
        }
        return tag;
    }

    private void define() {
        String type = in.string(in.next());
        String[] fields = new String[in.length()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = in.string(in.next());
        }
        if (defined == definitions.size()) {
            definitions.add(new Definition(type, fields));
        }
        defined++;
    }

    /** The definition of the object whose tag this is. */
    Definition definition(int tag) {
        long number = tag == Tags.OBJECT ? in.whole(in.next()) : tag - Tags.OBJECT_SHORT;
        if (number < 0 || number >= defined) {
            throw Refusal.malformed("an object of class " + number + " (expected: less than " + defined + ")");
        }
        return definitions.get((int) number);
    }

    /** The name of a type, which is said once and then numbered. */
    String type() {
        int tag = in.next();
        if (Tags.isText(tag)) {
            String type = in.string(tag);
            if (named == types.size()) {
                types.add(type);
            }
            named++;
            return type;
        }
        long number = in.whole(tag);
        if (number < 0 || number >= named) {
            throw Refusal.malformed("a type of number " + number + " (expected: less than " + named + ")");
        }
        return types.get((int) number);
    }

    /** Opens a list, a map or an object; the value may be referred to from its parts. */
    int begin(Node by, Object value) {
        if (++depth > HessianWriter.MAX_DEPTH) {
            throw Refusal.malformed("more than " + HessianWriter.MAX_DEPTH + " levels");
        }
        return number(new Numbered(value, by));
    }

    /** Opens one whose parts must be known before it is. */
    int begin(Node by) {
        return begin(by, UNFINISHED);
    }

    /** Closes what was opened. */
    Object end(int number, Object value) {
        depth--;
        Numbered before = objects.get(number);
        if (before.value != value) {
            objects.set(number, new Numbered(value, before.by));
        }
        return value;
    }

    private int number(Numbered object) {
        if (numbered == objects.size()) {
            objects.add(object);
        } else if (!(object.value instanceof Skipped)) {
            objects.set(numbered, object);
        }
        return numbered++;
    }

    /** What is read until {@link #endKey} is a key or the element of a set, and refers to nothing but enums and text. */
    void beginKey() {
        keys++;
    }

    void endKey() {
        keys--;
    }

    /** The object that a reference names, where this node may read it. */
    Object reference(Node by) {
        int number = referred();
        Numbered object = objects.get(number);
        if (object.value instanceof Skipped skipped) {
            return again(skipped, by);
        }
        if (object.by != by) {
            throw Refusal.malformed("a reference to an object of another type");
        }
        return object.value;
    }

    /** The same, for a place where several nodes may read: the one for the object's class must be the one that did. */
    Object reference(Node place, Function<Object, @Nullable Node> readers) {
        int number = referred();
        Numbered object = objects.get(number);
        if (object.value instanceof Skipped skipped) {
            return again(skipped, place);
        }
        if (object.by == null || object.by != readers.apply(object.value)) {
            throw Refusal.malformed("a reference to an object of another type");
        }
        return object.value;
    }

    private int referred() {
        long number = in.whole(in.next());
        if (number < 0 || number >= numbered || objects.get((int) number).value == UNFINISHED) {
            throw Refusal.malformed("a reference to no finished object");
        }
        Node by = objects.get((int) number).by;
        if (keys > 0 && !(by instanceof EnumNode || by instanceof TextNode)) {
            throw Refusal.malformed("a reference within a key or the element of a set");
        }
        return (int) number;
    }

    private Object again(Skipped skipped, Node by) {
        int[] here = {in.at, numbered, defined, named};
        depth++;
        in.at = skipped.at;
        numbered = skipped.numbered;
        defined = skipped.definitions;
        named = skipped.types;
        Object value = by.read(tag(), this);
        depth--;
        in.at = here[0];
        numbered = here[1];
        defined = here[2];
        named = here[3];
        return value;
    }

    /** Steps over a value of a field that this side does not have. */
    void skip() {
        int tag = tag();
        if (Tags.isText(tag)) {
            in.string(tag);
        } else if (Tags.isBinary(tag)) {
            in.binary(tag);
        } else if (Tags.isInt(tag) || Tags.isLong(tag)) {
            in.whole(tag);
        } else if (Tags.isDouble(tag)) {
            in.fraction(tag);
        } else if (Tags.isDate(tag)) {
            in.date(tag);
        } else if (tag == Tags.REF) {
            in.whole(in.next());
        } else if (tag != Tags.NULL && tag != Tags.TRUE && tag != Tags.FALSE) {
            skipParts(tag);
        }
    }

    private void skipParts(int tag) {
        number(new Numbered(new Skipped(tagAt, numbered, definedAtTag, named), null));
        if (++depth > HessianWriter.MAX_DEPTH) {
            throw Refusal.malformed("more than " + HessianWriter.MAX_DEPTH + " levels");
        }
        if (Tags.isList(tag)) {
            ListHead head = ListHead.read(tag, this);
            for (int i = 0; head.more(i, this); i++) {
                skip();
            }
        } else if (Tags.isMap(tag)) {
            if (tag == Tags.MAP_TYPED) {
                type();
            }
            while (!atEnd()) {
                skip();
                skip();
            }
        } else if (Tags.isObject(tag)) {
            for (int fields = definition(tag).fields.length; fields > 0; fields--) {
                skip();
            }
        } else {
            throw HessianInput.unexpected(tag, "a value");
        }
        depth--;
    }

    /** Whether the list or map ends here; its end is then stepped over. */
    boolean atEnd() {
        int next = in.next();
        if (next == Tags.END) {
            return true;
        }
        in.at--;
        return false;
    }
}
