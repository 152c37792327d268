package io.bowline.rpc.serialization.protostuff;

/**
 * Writes and reads values of one type, never null, in one wire type: an element of a list, a field without its tag.
 * Simple ones are records, whose fields the JIT trusts to be constant.
 */
interface ValueCodec {
    int wireType();

    /** Writes a value; of {@link Wire#LENGTH}, with its length. A value of another class may fail in any way. */
    void write(Object value, Writer out);

    /** Reads a value. Bytes that are none may fail by any runtime exception: the codec at the top turns it. */
    Object read(Reader in);
}
