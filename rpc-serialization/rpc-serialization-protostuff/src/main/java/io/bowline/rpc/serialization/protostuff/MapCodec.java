package io.bowline.rpc.serialization.protostuff;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Maps of a declared type, as {@link CollectionCodec}: each key with its value behind it. */
record MapCodec(
        Class<?> declared,
        ValueCodec keys,
        ValueCodec values,
        @Nullable Class<?> enumType) implements ValueCodec {
    @Override
    public int wireType() {
        return Wire.LENGTH;
    }

    @Override
    public void write(Object value, Writer out) {
        Map<?, ?> map = (Map<?, ?>) value;
        if (SortedMap.class.isAssignableFrom(declared)) {
            CollectionCodec.requireNatural(((SortedMap<?, ?>) map).comparator());
        }
        int mark = out.enter();
        int begin = out.position();
        if (!writeAll(map, 0, out)) {
            out.backTo(begin);
            writeAll(map, Elements.NULLS, out);
        }
        out.leave(mark);
    }

    private boolean writeAll(Map<?, ?> map, int flags, Writer out) {
        int left = map.size();
        boolean nulls = flags != 0;
        out.varInt(left << 2 | flags);
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!Elements.one(entry.getKey(), nulls, keys, out)
                    || !Elements.one(entry.getValue(), nulls, values, out)) {
                return false;
            }
            left--;
        }
        Elements.requireAll(left);
        return true;
    }

    @Override
    public Object read(Reader in) {
        int outer = in.enter();
        int header = in.varInt();
        int count = Elements.count(header, in);
        Map<@Nullable Object, @Nullable Object> map = empty(Elements.capacity(count));
        for (int i = 0; i < count; i++) {
            Object key = Elements.one(header, keys, in);
            map.put(key, Elements.one(header, values, in));
        }
        in.leave(outer);
        return map;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the key codec makes constants of exactly this enum
    private Map<@Nullable Object, @Nullable Object> empty(int capacity) {
        if (declared == EnumMap.class) {
            return new EnumMap((Class) enumType);
        }
        if (declared == HashMap.class) {
            return new HashMap<>(capacity * 4 / 3 + 1);
        }
        if (declared.isAssignableFrom(LinkedHashMap.class)) {
            return new LinkedHashMap<>(capacity * 4 / 3 + 1);
        }
        return declared.isAssignableFrom(TreeMap.class) ? new TreeMap<>() : new ConcurrentHashMap<>(capacity);
    }
}
