package io.bowline.benchmark.netty;

import io.bowline.benchmark.kit.Page;
import io.bowline.benchmark.kit.User;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An array that grows, and the place in it where the next value is written or read. Strings are UTF-8 behind a short
 * that holds their length; all else has a fixed width.
 */
final class Bytes {
    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);
    private static final int FIXED_PARTS_OF_A_USER = 4 * 8 + 2 * 4 + 5 * 2 + 2;

    byte[] array = new byte[16 * 1024];
    int at;

    private static VarHandle view(Class<?> type) {
        return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.BIG_ENDIAN);
    }

    /** Makes room for so many bytes from here on. */
    void room(int bytes) {
        if (at + bytes > array.length) {
            array = Arrays.copyOf(array, Math.max(at + bytes, 2 * array.length));
        }
    }

    void putByte(byte value) {
        room(1);
        array[at++] = value;
    }

    void putBoolean(boolean value) {
        putByte((byte) (value ? 1 : 0));
    }

    void putInt(int value) {
        room(4);
        set(value);
    }

    void putLong(long value) {
        room(8);
        set(value);
    }

    void putString(String value) {
        room(2 + 3 * value.length());
        set(value);
    }

    void putUser(User user) {
        List<Integer> permissions = user.getPermissions();
        int count = permissions.size();
        room(FIXED_PARTS_OF_A_USER
                + 4 * count
                + 3
                        * (user.getName().length()
                                + user.getEmail().length()
                                + user.getMobile().length()
                                + user.getAddress().length()
                                + user.getIcon().length()));
        set(user.getId());
        set(user.getSex());
        set(user.getBirthday());
        set(user.getStatus());
        set(user.getCreateTime());
        set(user.getUpdateTime());
        set(user.getName());
        set(user.getEmail());
        set(user.getMobile());
        set(user.getAddress());
        set(user.getIcon());
        SHORT.set(array, at, (short) count);
        at += 2;
        for (int i = 0; i < count; i++) {
            set((int) permissions.get(i));
        }
    }

    void putPage(Page<User> page) {
        List<User> users = page.getResult();
        putInt(page.getNumber());
        putInt(page.getTotal());
        putInt(users.size());
        for (int i = 0; i < users.size(); i++) {
            putUser(users.get(i));
        }
    }

    byte takeByte() {
        return array[at++];
    }

    boolean takeBoolean() {
        return takeByte() != 0;
    }

    int takeInt() {
        int value = (int) INT.get(array, at);
        at += 4;
        return value;
    }

    long takeLong() {
        long value = (long) LONG.get(array, at);
        at += 8;
        return value;
    }

    String takeString() {
        int length = takeLength();
        String value = new String(array, at, length, StandardCharsets.UTF_8);
        at += length;
        return value;
    }

    User takeUser() {
        User user = new User();
        user.setId(takeLong());
        user.setSex(takeInt());
        user.setBirthday(takeLong());
        user.setStatus(takeInt());
        user.setCreateTime(takeLong());
        user.setUpdateTime(takeLong());
        user.setName(takeString());
        user.setEmail(takeString());
        user.setMobile(takeString());
        user.setAddress(takeString());
        user.setIcon(takeString());
        int count = takeLength();
        List<Integer> permissions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            permissions.add(takeInt());
        }
        user.setPermissions(permissions);
        return user;
    }

    Page<User> takePage() {
        Page<User> page = new Page<>();
        page.setNumber(takeInt());
        page.setTotal(takeInt());
        int count = takeInt();
        List<User> users = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            users.add(takeUser());
        }
        page.setResult(users);
        return page;
    }

    private int takeLength() {
        int value = (short) SHORT.get(array, at) & 0xffff;
        at += 2;
        return value;
    }

    // The following write where there is room already.

    private void set(int value) {
        INT.set(array, at, value);
        at += 4;
    }

    private void set(long value) {
        LONG.set(array, at, value);
        at += 8;
    }

    /** As fast as {@code getBytes} for ASCII, and leaves no garbage. */
    private void set(String value) {
        int length = value.length();
        int start = at + 2;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c >= 0x80) {
                byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
                length = utf8.length;
                System.arraycopy(utf8, 0, array, start, length);
                break;
            }
            array[start + i] = (byte) c;
        }
        SHORT.set(array, at, (short) length);
        at = start + length;
    }
}
