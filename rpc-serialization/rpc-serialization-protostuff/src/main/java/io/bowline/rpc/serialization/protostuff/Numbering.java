package io.bowline.rpc.serialization.protostuff;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.protostuff.Tag;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives the fields of one class, or the constants of one enum, their numbers: that of their {@link Tag}, else FNV-1a (32
 * bits, of the name in UTF-8) folded into {@link Wire#FIRST_HASHED} to {@link Wire#NUMBERS_END}. So a number hangs on
 * its own name alone, and others may come, go and move.
 */
final class Numbering {
    private final Class<?> owner;
    private final String path;
    private final Map<Integer, String> taken = new HashMap<>();

    /** Numbers for one class; {@code path} says in messages where it is declared. */
    Numbering(Class<?> owner, String path) {
        this.owner = owner;
        this.path = path;
    }

    /** The number of a field. Fails when it is out of range, or when another field has it. */
    int of(Field field) {
        Tag tag = field.getAnnotation(Tag.class);
        int number = tag == null ? hash(field.getName()) : tag.value();
        boolean reserved = number >= Wire.CLASS_NUMBER && number < Wire.FIRST_HASHED;
        if (number < 1 || number >= Wire.NUMBERS_END || reserved) {
            throw refused(
                    "@Tag(" + number + ") on " + field.getName() + " (expected: 1 to " + (Wire.CLASS_NUMBER - 1) + ")");
        }
        String other = taken.putIfAbsent(number, field.getName());
        if (other != null) {
            throw refused(other + " and " + field.getName() + " both have the number " + number
                    + "; give one of them its own with @io.protostuff.Tag");
        }
        return number;
    }

    static int hash(String name) {
        int hash = 0x811c9dc5;
        for (byte next : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (next & 0xff)) * 0x01000193;
        }
        return Wire.FIRST_HASHED + Integer.remainderUnsigned(hash, Wire.NUMBERS_END - Wire.FIRST_HASHED);
    }

    private RpcException refused(String what) {
        return RpcException.unprocessed(
                Code.NOT_SERIALIZABLE,
                "fields of " + owner.getName() + " cannot be numbered, at " + path + ": " + what);
    }
}
