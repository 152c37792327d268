package io.bowline.rpc.serialization.protostuff;

import org.jspecify.annotations.Nullable;

/**
 * A place where one of several classes stands. A value of the declared class itself is written as if it were the only
 * one, so that registering a subtype changes no byte of what was valid before; any other has its name in front.
 */
final class OpenCodec extends BodyCodec {
    private final Class<?> declared;
    private final Names names;
    private final @Nullable MessageCodec self;

    OpenCodec(Class<?> declared, Names names, @Nullable MessageCodec self) {
        this.declared = declared;
        this.names = names;
        this.self = self;
    }

    @Override
    void writeBody(Object value, Writer out) {
        if (self != null && value.getClass() == declared) {
            self.writeBody(value, out);
        } else if (!names.write(value, out)) {
            throw Names.notHeld(value, declared);
        }
    }

    @Override
    Object readBody(Reader in) {
        if (in.skipIf(Wire.CLASS_TAG)) {
            return names.read(in);
        }
        if (self == null) {
            throw Reader.malformed("no class named where " + declared.getName() + " is declared");
        }
        return self.readBody(in);
    }
}
