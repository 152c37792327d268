package io.bowline.rpc.serialization.hessian;

import io.bowline.rpc.wire.value.Refusal;
import java.util.Optional;

/** An Optional: a list of no or one element. */
final class OptionalNode implements Node {
    private final Node content;

    OptionalNode(Node content) {
        this.content = content;
    }

    @Override
    public void write(Object value, HessianWriter out) {
        Object held = ((Optional<?>) value).orElse(null);
        if (out.begin(value, this, false)) {
            out.writeList(null, held == null ? 0 : 1);
            if (held != null) {
                content.write(held, out);
            }
            out.end(value);
        }
    }

    @Override
    public Object read(int tag, HessianReader in) {
        if (tag == Tags.REF) {
            return in.reference(this);
        }
        if (!Tags.isList(tag)) {
            throw HessianInput.unexpected(tag, "a list of no or one element");
        }
        int number = in.begin(this);
        ListHead head = ListHead.read(tag, in);
        Object held = head.more(0, in) ? Node.readNullable(content, in) : null;
        if (held != null && head.more(1, in)) {
            throw Refusal.malformed("an Optional of more than one element");
        }
        return in.end(number, Optional.ofNullable(held));
    }
}
