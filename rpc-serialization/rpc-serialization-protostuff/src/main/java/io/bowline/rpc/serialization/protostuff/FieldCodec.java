package io.bowline.rpc.serialization.protostuff;

/** Writes and reads one field of a record or bean. */
abstract class FieldCodec {
    private final int tag;
    private final String name;

    FieldCodec(int tag, String name) {
        this.tag = tag;
        this.name = name;
    }

    final int tag() {
        return tag;
    }

    final String name() {
        return name;
    }

    /** Writes tag and value of the owner's field, or nothing where nothing means the same. */
    abstract void write(Object owner, Writer out);

    /** Reads the value, whose tag has been read, into a draft. */
    abstract void read(Reader in, Object draft);

    /** Reads tag and value if the tag is the next, written as this side writes it. May miss one at the very end. */
    abstract void readIfNext(Reader in, Object draft);

    /** Makes the field null; does nothing to a primitive. */
    abstract void clear(Object draft);
}
