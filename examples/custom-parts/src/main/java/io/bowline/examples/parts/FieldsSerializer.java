package io.bowline.examples.parts;

import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.ResolvedType;
import io.bowline.rpc.wire.Serializer;
import io.bowline.rpc.wire.TypeGraph;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import io.bowline.rpc.wire.value.Part;
import io.bowline.rpc.wire.value.Refusal;
import io.bowline.rpc.wire.value.Structure;
import io.bowline.rpc.wire.value.Text;
import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Field after field, each as text that a person can read in a dump: for records, lists, and the JDK's values. Both sides
 * must know the same fields in the same order: a field more or less is another version of the service.
 *
 * <p>What a codec creates follows from the declared types alone, since no bytes name a type: so the gate has nothing to
 * decide. What it cannot keep (maps, beans, a record within itself) is refused when a service is exported or a proxy made.
 */
public final class FieldsSerializer implements Serializer {
    @Override
    public String name() {
        return "fields";
    }

    @Override
    public Codec value(Type type, TypeGraph types) {
        return codec(ResolvedType.of(type), List.of());
    }

    @Override
    public Codec arguments(List<Type> parameterTypes, TypeGraph types) {
        return new Arguments(
                parameterTypes.stream().map(type -> value(type, types)).toList());
    }

    /** A codec of a type that stands at a place: the types and fields that lead there. */
    private static Codec codec(ResolvedType type, List<String> place) {
        List<String> here = and(place, type.toString());
        Text text = Text.find(MethodType.methodType(type.raw()).wrap().returnType()); // int as Integer
        if (text != null) {
            return new Signed(new OneText(text), !type.raw().isPrimitive());
        }
        if (type.raw() == List.class) {
            return new Signed(new Elements(codec(type.argument(0), here)), true);
        }
        if (!type.raw().isRecord() || place.contains(type.toString())) {
            throw Refusal.notSerializable(
                    "serializer fields cannot carry " + String.join(" → ", here),
                    "declare records, lists or values of the JDK, and no record within itself");
        }
        Structure structure = Structure.of(type, String.join(" → ", here));
        List<Codec> parts = new ArrayList<>();
        for (Part part : structure.parts()) {
            parts.add(codec(part.type(), and(here, part.name())));
        }
        return new Signed(new Fields(structure, List.copyOf(parts)), true);
    }

    private static List<String> and(List<String> place, String next) {
        List<String> longer = new ArrayList<>(place);
        longer.add(next);
        return longer;
    }

    /** How a value that is there is written and read. */
    private interface Present {
        void write(Object value, WireOutput out);

        Object read(WireInput in);
    }

    /** A byte says whether there is a value. */
    private record Signed(Present present, boolean nullable) implements Codec {
        @Override
        public void write(@Nullable Object value, WireOutput out) {
            out.writeByte(value == null ? '-' : '+');
            if (value != null) {
                present.write(value, out);
            }
        }

        @Override
        public @Nullable Object read(WireInput in) {
            byte sign = in.readByte();
            if (sign == '+') {
                return present.read(in);
            }
            if (sign != '-' || !nullable) {
                throw Refusal.malformed("a sign before a value (expected: +" + (nullable ? " or -)" : ")"));
            }
            return null;
        }
    }

    private record OneText(Text text) implements Present {
        @Override
        public void write(Object value, WireOutput out) {
            out.writeString(text.of(value));
        }

        @Override
        public Object read(WireInput in) {
            return text.parse(in.readString());
        }
    }

    private record Elements(Codec element) implements Present {
        @Override
        public void write(Object value, WireOutput out) {
            List<?> list = (List<?>) value;
            out.writeVarInt(list.size());
            list.forEach(each -> element.write(each, out));
        }

        /** A length is at most what is left to read, and memory is taken as elements come. */
        @Override
        public Object read(WireInput in) {
            List<@Nullable Object> list = new ArrayList<>();
            for (int left = in.readLength(); left > 0; left--) {
                list.add(element.read(in));
            }
            return list;
        }
    }

    private record Fields(Structure structure, List<Codec> parts) implements Present {
        @Override
        public void write(Object value, WireOutput out) {
            for (int i = 0; i < parts.size(); i++) {
                parts.get(i).write(structure.value(value, i), out);
            }
        }

        @Override
        public Object read(WireInput in) {
            Object draft = structure.start();
            for (int i = 0; i < parts.size(); i++) {
                structure.fill(draft, i, parts.get(i).read(in));
            }
            return structure.finish(draft);
        }
    }

    private record Arguments(List<Codec> each) implements Codec {
        @Override
        public void write(@Nullable Object value, WireOutput out) {
            @Nullable Object[] arguments = (Object[]) Objects.requireNonNull(value, "arguments");
            for (int i = 0; i < each.size(); i++) {
                each.get(i).write(arguments[i], out);
            }
        }

        @Override
        public Object read(WireInput in) {
            @Nullable Object[] arguments = new Object[each.size()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = each.get(i).read(in);
            }
            return arguments;
        }
    }
}
