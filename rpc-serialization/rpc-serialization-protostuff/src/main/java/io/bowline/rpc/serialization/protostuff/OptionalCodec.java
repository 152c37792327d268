package io.bowline.rpc.serialization.protostuff;

import java.util.Optional;

/** An {@code Optional}: its value behind a length, or a length of nothing. */
record OptionalCodec(ValueCodec content) implements ValueCodec {
    @Override
    public int wireType() {
        return Wire.LENGTH;
    }

    @Override
    public void write(Object value, Writer out) {
        int mark = out.enter();
        ((Optional<?>) value).ifPresent(present -> content.write(present, out));
        out.leave(mark);
    }

    @Override
    public Object read(Reader in) {
        int outer = in.enter();
        Optional<?> value = in.more() ? Optional.of(content.read(in)) : Optional.empty();
        in.leave(outer);
        return value;
    }
}
