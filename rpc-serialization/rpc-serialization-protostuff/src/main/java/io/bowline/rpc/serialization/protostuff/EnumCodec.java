package io.bowline.rpc.serialization.protostuff;

import java.util.HashMap;
import java.util.Map;

/** Constants of one enum by the number of their name, so that constants may come, go and move. */
@SuppressWarnings("EnumOrdinal") // indexes an array of this JVM; never travels
final class EnumCodec implements ValueCodec {
    private final Class<?> type;
    private final int[] numbers;
    private final Map<Integer, Object> byNumber = new HashMap<>();

    EnumCodec(Class<?> type, String path) {
        this.type = type;
        Object[] constants = type.getEnumConstants();
        Numbering numbering = new Numbering(type, path);
        numbers = new int[constants.length];
        for (Object constant : constants) {
            numbers[((Enum<?>) constant).ordinal()] = number((Enum<?>) constant, numbering);
            byNumber.put(numbers[((Enum<?>) constant).ordinal()], constant);
        }
    }

    private static int number(Enum<?> constant, Numbering numbering) {
        try {
            return numbering.of(constant.getDeclaringClass().getField(constant.name()));
        } catch (NoSuchFieldException impossible) {
            throw new LinkageError("an enum constant has a field", impossible);
        }
    }

    @Override
    public int wireType() {
        return Wire.VARINT;
    }

    @Override
    public void write(Object value, Writer out) {
        Enum<?> constant = (Enum<?>) value;
        if (constant.getDeclaringClass() != type) {
            throw new ClassCastException(constant.getDeclaringClass().getName() + " is not " + type.getName());
        }
        out.varInt(numbers[constant.ordinal()]);
    }

    @Override
    public Object read(Reader in) {
        int number = in.varInt();
        Object constant = byNumber.get(number);
        if (constant == null) {
            throw Reader.malformed(
                    "a constant of " + type.getName() + " that this side does not know, number " + number);
        }
        return constant;
    }
}
