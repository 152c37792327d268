package io.bowline.rpc.serialization.protostuff;

/** Stands where a class has no more fields, and does nothing. */
final class NoField extends FieldCodec {
    static final FieldCodec INSTANCE = new NoField();

    private NoField() {
        super(0, "");
    }

    @Override
    void write(Object owner, Writer out) {}

    @Override
    void read(Reader in, Object draft) {}

    @Override
    void readIfNext(Reader in, Object draft) {}

    @Override
    void clear(Object draft) {}
}
