package io.bowline.rpc.serialization.protostuff;

/** All of one class: how a value is made, and its fields in the order of declaration. */
abstract class Layout {
    /** Writes all fields; false, and nothing, when the value is of another class. */
    abstract boolean write(Object value, Writer out);

    /** Reads a value up to the end of the part. */
    abstract Object read(Reader in);
}
