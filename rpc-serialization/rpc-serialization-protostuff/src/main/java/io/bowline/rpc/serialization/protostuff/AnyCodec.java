package io.bowline.rpc.serialization.protostuff;

import java.time.ZoneId;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A place where any value of the contract stands: {@code Object} and the few JDK supertypes of values. A value of the
 * JDK is one field whose number says its class; one of the user has its class's name in front.
 */
final class AnyCodec extends BodyCodec {
    private static final Map<Class<?>, Integer> NUMBERS = new HashMap<>();

    private final Class<?> declared;
    private final Names names;
    /** By number: the codecs of {@link JdkCodecs#ORDER}, whose numbers begin at 1. */
    private final ValueCodec[] codecs;

    static {
        for (int i = 0; i < JdkCodecs.ORDER.size(); i++) {
            NUMBERS.put(JdkCodecs.ORDER.get(i), i + 1);
        }
    }

    AnyCodec(Class<?> declared, Names names, ValueCodec[] codecs) {
        this.declared = declared;
        this.names = names;
        this.codecs = codecs;
    }

    @Override
    void writeBody(Object value, Writer out) {
        Integer number = NUMBERS.get(value.getClass());
        if (number == null && names.write(value, out)) {
            return;
        }
        Class<?> shown = number == null ? family(value) : null;
        Integer known = shown == null ? number : NUMBERS.get(shown);
        if (known == null) {
            throw Names.notHeld(value, declared);
        }
        ValueCodec codec = codecs[known];
        out.tag(Wire.tag(known, codec.wireType()));
        codec.write(value, out);
    }

    /** The class under which a container, or a value of a hidden class, travels; null when it does not. */
    private static @Nullable Class<?> family(Object value) {
        if (value instanceof List) {
            return List.class;
        }
        if (value instanceof SortedMap) {
            return SortedMap.class;
        }
        if (value instanceof Map) {
            return Map.class;
        }
        if (value instanceof SortedSet) {
            return SortedSet.class;
        }
        if (value instanceof Set) {
            return Set.class;
        }
        if (value instanceof Deque) {
            return Deque.class;
        }
        if (value instanceof Optional) {
            return Optional.class;
        }
        return value instanceof ZoneId ? ZoneId.class : null;
    }

    @Override
    Object readBody(Reader in) {
        Object value = in.skipIf(Wire.CLASS_TAG) ? names.read(in) : readValue(in);
        if (!declared.isInstance(value)) {
            throw Reader.malformed("a " + value.getClass().getName() + " where " + declared.getName() + " is declared");
        }
        return value;
    }

    private Object readValue(Reader in) {
        int tag = in.tag();
        int number = Wire.number(tag);
        if (number < 1 || number >= codecs.length || codecs[number].wireType() != Wire.wireType(tag)) {
            throw Reader.malformed("a value of unknown class, tag " + tag);
        }
        return codecs[number].read(in);
    }
}
