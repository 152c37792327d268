package io.bowline.rpc.serialization.protostuff;

/** A value that is fields behind a length, so that the name of its class can stand before its own. */
abstract class BodyCodec implements ValueCodec {
    abstract void writeBody(Object value, Writer out);

    /** Reads fields up to the end of the part. */
    abstract Object readBody(Reader in);

    @Override
    public final int wireType() {
        return Wire.LENGTH;
    }

    @Override
    public final void write(Object value, Writer out) {
        int mark = out.enter();
        writeBody(value, out);
        out.leave(mark);
    }

    @Override
    public final Object read(Reader in) {
        int outer = in.enter();
        Object value = readBody(in);
        in.leave(outer);
        return value;
    }
}
