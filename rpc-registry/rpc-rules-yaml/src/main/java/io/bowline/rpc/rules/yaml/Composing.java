package io.bowline.rpc.rules.yaml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts maps, lists and texts together as they come. Used by one thread, for one text. */
final class Composing {
    private static final int DEEPEST = 32;

    private final Deque<Open> open = new ArrayDeque<>();
    private @Nullable Object whole;
    private boolean begun;

    /** A map or a list whose end has not come yet. */
    private static final class Open {
        private final @Nullable Map<String, Object> map;
        private final @Nullable List<Object> list;
        private @Nullable String key;

        Open(@Nullable Map<String, Object> map, @Nullable List<Object> list) {
            this.map = map;
            this.list = list;
        }

        void add(Object value) {
            if (list != null) {
                list.add(value);
            } else if (map != null) {
                addToMap(map, value);
            }
        }

        private void addToMap(Map<String, Object> entries, Object value) {
            if (key != null) {
                entries.put(key, value);
                key = null;
            } else if (!(value instanceof String text)) {
                throw new IllegalArgumentException("a map or list as a key (expected: a text)");
            } else if (entries.containsKey(text)) {
                throw new IllegalArgumentException("the key '" + text + "' twice (expected: once)");
            } else {
                key = text;
            }
        }
    }

    void document() {
        if (begun) {
            throw new IllegalArgumentException("a second document (expected: one)");
        }
        begun = true;
    }

    void text(String text) {
        add(text);
    }

    void map() {
        Map<String, Object> map = new LinkedHashMap<>();
        add(map);
        push(new Open(map, null));
    }

    void list() {
        List<Object> list = new ArrayList<>();
        add(list);
        push(new Open(null, list));
    }

    void end() {
        open.pop();
    }

    private void push(Open collection) {
        if (open.size() == DEEPEST) {
            throw new IllegalArgumentException("nested deeper than " + DEEPEST + " (expected: less)");
        }
        open.push(collection);
    }

    private void add(Object value) {
        Open parent = open.peek();
        if (parent == null) {
            whole = value;
        } else {
            parent.add(value);
        }
    }

    Object whole() {
        if (whole == null) {
            throw new IllegalArgumentException("an empty text (expected: version and rules)");
        }
        return whole;
    }
}
