package io.bowline.rpc.serialization.hessian;

import io.bowline.rpc.wire.value.Refusal;
import io.bowline.rpc.wire.value.Text;
import java.util.List;
import java.util.function.Function;

/**
 * A value that travels as its text: bare where its type is declared, else as an object of its class with the one field
 * {@code value}, which is what Java's implementations of Hessian make of big numbers everywhere.
 */
final class TextNode implements Node {
    private static final String FIELD = "value";

    private final Text text;
    private final boolean bare;

    TextNode(Text text, boolean bare) {
        this.text = text;
        this.bare = bare;
    }

    @Override
    public void write(Object value, HessianWriter out) {
        String written = text.of(value);
        if (!bare) {
            out.writeObject(text.type().getName(), List.of(FIELD));
            out.beginValue();
        }
        Primitives.writeString(written, out.out);
    }

    @Override
    public Object read(int tag, HessianReader in) {
        if (Tags.isText(tag)) {
            return text.parse(in.in.string(tag));
        }
        return tag == Tags.REF ? in.reference(this) : wrapped(tag, this, text.type(), FIELD, text::parse, in);
    }

    /** A small object of one field, which is text. */
    static Object wrapped(
            int tag, Node by, Class<?> type, String field, Function<String, Object> parse, HessianReader in) {
        if (!Tags.isObject(tag)) {
            throw HessianInput.unexpected(tag, type.getName());
        }
        Definition definition = in.definition(tag);
        boolean known = definition.fields.length == 1 && definition.fields[0].equals(field);
        if (!known || !definition.type.equals(type.getName())) {
            throw Refusal.malformed("an object that is no " + type.getName() + " of one field " + field);
        }
        int number = in.begin(by);
        return in.end(number, parse.apply(in.in.string(in.in.next())));
    }
}
