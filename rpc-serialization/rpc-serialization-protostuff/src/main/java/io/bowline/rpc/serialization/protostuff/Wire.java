package io.bowline.rpc.serialization.protostuff;

import io.protostuff.WireFormat;

/** The numbers of the wire format that are fixed for ever. */
final class Wire {
    static final int VARINT = WireFormat.WIRETYPE_VARINT;
    static final int FIXED64 = WireFormat.WIRETYPE_FIXED64;
    static final int LENGTH = WireFormat.WIRETYPE_LENGTH_DELIMITED;
    static final int FIXED32 = WireFormat.WIRETYPE_FIXED32;

    /** Stands first where a value's class is not the declared one: the class's name. */
    static final int CLASS_NUMBER = 2045;
    /** The number of a field that is null, where nothing sent would mean the constructor's default. */
    static final int NULL_NUMBER = 2046;
    /** A named value that is no message: an enum constant, an array. */
    static final int VALUE_NUMBER = 2047;

    static final int CLASS_TAG = WireFormat.makeTag(CLASS_NUMBER, LENGTH);
    static final int NULL_TAG = WireFormat.makeTag(NULL_NUMBER, VARINT);

    /** Numbers of fields without a {@code Tag} begin here: their tags take three bytes. */
    static final int FIRST_HASHED = 2048;
    /** The first number whose tag would take four bytes. */
    static final int NUMBERS_END = 1 << 18;

    /** How deep values may be nested, on the way out and on the way in. */
    static final int MAX_DEPTH = 100;

    private Wire() {}

    static int tag(int number, int wireType) {
        return WireFormat.makeTag(number, wireType);
    }

    static int number(int tag) {
        return tag >>> 3;
    }

    static int wireType(int tag) {
        return tag & 7;
    }

    /** How many bytes a tag takes: one to three. */
    static int size(int tag) {
        return tag < 1 << 7 ? 1 : tag < 1 << 14 ? 2 : 3;
    }

    /** A tag's bytes, the first of them lowest. */
    static int written(int tag) {
        int bytes = 0;
        for (int i = size(tag) - 1; i >= 0; i--) {
            int more = i < size(tag) - 1 ? 0x80 : 0;
            bytes = (bytes << Byte.SIZE) | ((tag >>> (7 * i)) & 0x7f) | more;
        }
        return bytes;
    }
}
