package io.bowline.rpc.serialization.hessian;

/** The first bytes of Hessian 2 values. */
final class Tags {
    static final int STRING_SHORT = 0x00;
    static final int BINARY_SHORT = 0x20;
    static final int STRING_MIDDLE = 0x30;
    static final int BINARY_MIDDLE = 0x34;
    static final int LONG_THREE = 0x3c;
    static final int BINARY_CHUNK = 'A';
    static final int BINARY = 'B';
    static final int CLASS = 'C';
    static final int DOUBLE = 'D';
    static final int FALSE = 'F';
    static final int MAP = 'H';
    static final int INT = 'I';
    static final int DATE = 'J';
    static final int DATE_MINUTES = 'K';
    static final int LONG = 'L';
    static final int MAP_TYPED = 'M';
    static final int NULL = 'N';
    static final int OBJECT = 'O';
    static final int REF = 'Q';
    static final int STRING_CHUNK = 'R';
    static final int STRING = 'S';
    static final int TRUE = 'T';
    static final int LIST_TYPED_ENDED = 'U';
    static final int LIST_TYPED = 'V';
    static final int LIST_ENDED = 0x57;
    static final int LIST = 0x58;
    static final int LONG_INT = 0x59;
    static final int END = 'Z';
    static final int DOUBLE_ZERO = 0x5b;
    static final int DOUBLE_ONE = 0x5c;
    static final int DOUBLE_BYTE = 0x5d;
    static final int DOUBLE_SHORT = 0x5e;
    /** The draft says a float; its implementations, and so we, take thousandths in an int. Never written here. */
    static final int DOUBLE_MILLI = 0x5f;

    static final int OBJECT_SHORT = 0x60;
    static final int LIST_TYPED_SHORT = 0x70;
    static final int LIST_SHORT = 0x78;
    static final int INT_ONE = 0x90;
    static final int INT_TWO = 0xc8;
    static final int INT_THREE = 0xd4;
    static final int LONG_ONE = 0xe0;
    static final int LONG_TWO = 0xf8;

    private Tags() {}

    static boolean isText(int tag) {
        return tag < BINARY_SHORT
                || (tag >= STRING_MIDDLE && tag < BINARY_MIDDLE)
                || tag == STRING
                || tag == STRING_CHUNK;
    }

    static boolean isBinary(int tag) {
        return (tag >= BINARY_SHORT && tag < STRING_MIDDLE)
                || (tag >= BINARY_MIDDLE && tag < 0x38)
                || tag == BINARY
                || tag == BINARY_CHUNK;
    }

    static boolean isInt(int tag) {
        return (tag >= 0x80 && tag < 0xd8) || tag == INT;
    }

    static boolean isLong(int tag) {
        return tag >= 0xd8 || (tag >= 0x38 && tag < 0x40) || tag == LONG || tag == LONG_INT;
    }

    static boolean isDouble(int tag) {
        return tag == DOUBLE || (tag >= DOUBLE_ZERO && tag <= DOUBLE_MILLI);
    }

    static boolean isDate(int tag) {
        return tag == DATE || tag == DATE_MINUTES;
    }

    static boolean isList(int tag) {
        return (tag >= LIST_TYPED_ENDED && tag <= LIST) || (tag >= LIST_TYPED_SHORT && tag < 0x80);
    }

    static boolean isMap(int tag) {
        return tag == MAP || tag == MAP_TYPED;
    }

    static boolean isObject(int tag) {
        return tag == OBJECT || (tag >= OBJECT_SHORT && tag < LIST_TYPED_SHORT);
    }
}
