package io.bowline.rpc.serialization.protostuff;

import io.bowline.rpc.wire.Shape;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records and beans: tagged fields in the order of declaration, read in whatever order they come. */
final class MessageCodec extends BodyCodec {
    private final Class<?> type;

    @SuppressWarnings("NullAway.Init") // set with the fields
    private Layout layout;

    private FieldCodec[] fields = {};
    private FieldCodec[] sorted = {};
    private int[] tags = {};

    MessageCodec(Class<?> type) {
        this.type = type;
    }

    /** Sets the fields: after construction, since a type may hold itself, and before the first use. */
    void fields(Shape shape, FieldCodec[] declared) {
        sorted = declared.clone();
        Arrays.sort(sorted, Comparator.comparingInt(FieldCodec::tag));
        tags = Arrays.stream(sorted).mapToInt(FieldCodec::tag).toArray();
        fields = declared;
        layout = Templates.layout(new LayoutTemplate.Spec(this, shape, List.of(declared)));
    }

    @Override
    void writeBody(Object value, Writer out) {
        if (!layout.write(value, out)) {
            throw Others.refused("a " + value.getClass().getName() + ", which the contract does not hold, stands where "
                    + type.getName() + " is declared");
        }
    }

    @Override
    Object readBody(Reader in) {
        return layout.read(in);
    }

    /** Reads fields in any order. The writer's is likely ours, so the one behind the last is tried before the table. */
    void readRest(Reader in, Object draft) {
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
