package io.bowline.rpc.serialization.protostuff;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Records and beans: tagged fields in the order of declaration, read in whatever order they come. */
final class MessageCodec extends BodyCodec {
    private final Class<?> type;
    private final Maker maker;
    private FieldCodec[] fields = {};
    private FieldCodec[] sorted = {};
    private int[] tags = {};

    MessageCodec(Class<?> type, Maker maker) {
        this.type = type;
        this.maker = maker;
    }

    /** Sets the fields: after construction, since a type may hold itself, and before the first use. */
    void fields(FieldCodec[] declared) {
        sorted = declared.clone();
        Arrays.sort(sorted, Comparator.comparingInt(FieldCodec::tag));
        tags = Arrays.stream(sorted).mapToInt(FieldCodec::tag).toArray();
        fields = declared;
    }

    @Override
    void writeBody(Object value, Writer out) {
        if (value.getClass() != type) {
            throw Others.refused("a " + value.getClass().getName() + ", which the contract does not hold, stands where "
                    + type.getName() + " is declared");
        }
        for (FieldCodec field : fields) {
            field.write(value, out);
        }
    }

    /** The writer's order is likely ours, so the next field is tried before the table. */
    @Override
    Object readBody(Reader in) {
        Object draft = maker.start();
        FieldCodec[] expected = fields;
        int next = 0;
        while (in.more()) {
            int tag = in.tag();
            if (next < expected.length && expected[next].tag() == tag) {
                expected[next++].read(in, draft);
            } else {
                next = outOfOrder(tag, next, in, draft);
            }
        }
        return maker.finish(draft);
    }

    private int outOfOrder(int tag, int next, Reader in, Object draft) {
        int at = Arrays.binarySearch(tags, tag);
        if (at >= 0) {
            sorted[at].read(in, draft);
            return Arrays.asList(fields).indexOf(sorted[at]) + 1;
        }
        if (tag == Wire.NULL_TAG) {
            FieldCodec cleared = byNumber(in.varInt());
            if (cleared != null) {
                cleared.clear(draft);
            }
            return next;
        }
        FieldCodec changed = byNumber(Wire.number(tag));
        if (changed != null) {
            throw Reader.malformed(type.getName() + "." + changed.name() + " has wire type " + Wire.wireType(tag)
                    + " (expected: " + Wire.wireType(changed.tag()) + "); its type differs on the other side");
        }
        in.skip(tag);
        return next;
    }

    private @Nullable FieldCodec byNumber(int number) {
        for (FieldCodec field : fields) {
            if (Wire.number(field.tag()) == number) {
                return field;
            }
        }
        return null;
    }
}
