package io.bowline.examples.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files of this example as nested maps and lists, and small walks through them. */
final class Manifests {
    private Manifests() {}

    /** The documents of a file. A key that stands twice is refused by the parser. */
    static List<Map<String, Object>> read(String file) {
        try {
            List<Map<String, Object>> documents = new ArrayList<>();
            new Load(LoadSettings.builder().setLabel(file).build())
                    .loadAllFromString(Files.readString(Path.of(file)))
                    .forEach(document -> documents.add(map(document)));
            return documents;
        } catch (IOException e) {
            throw new AssertionError(file, e);
        }
    }

    /** What stands at a path: {@code spec.template.spec.containers.0.name}; null if nothing does. */
    static Object at(Object from, String path) {
        Object place = from;
        for (String step : path.split("\\.")) {
            if (place instanceof List<?> list) {
                place = list.get(Integer.parseInt(step));
            } else if (place instanceof Map<?, ?> map) {
                place = map.get(step);
            } else {
                return null;
            }
        }
        return place;
    }

    /** Every path to a field, at whatever depth. */
    static List<String> fields(Object from) {
        List<String> paths = new ArrayList<>();
        collect(from, "", paths);
        return paths;
    }

    private static void collect(Object from, String prefix, List<String> into) {
        if (from instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                into.add(prefix + key);
                collect(value, prefix + key + ".", into);
            });
        } else if (from instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                collect(list.get(i), prefix + i + ".", into);
            }
        }
    }

    /** A copy in which the last step of a path is misspelt. */
    static Object misspelt(Object from, String path) {
        int dot = path.indexOf('.');
        String step = dot < 0 ? path : path.substring(0, dot);
        String rest = dot < 0 ? "" : path.substring(dot + 1);
        if (from instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list);
            copy.set(Integer.parseInt(step), misspelt(list.get(Integer.parseInt(step)), rest));
            return copy;
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        map(from).forEach((key, value) -> {
            boolean here = key.equals(step);
            copy.put(here && rest.isEmpty() ? key + "s" : key, here && !rest.isEmpty() ? misspelt(value, rest) : value);
        });
        return copy;
    }

    @SuppressWarnings("unchecked") // Keys of these documents are texts; one that is not fails where it is read.
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    /** All values, at whatever depth, under a key. */
    static List<Object> all(Object from, String key) {
        List<Object> found = new ArrayList<>();
        Collection<?> below = List.of();
        if (from instanceof Map<?, ?> map) {
            if (map.containsKey(key)) {
                found.add(map.get(key));
            }
            below = map.values();
        } else if (from instanceof List<?> list) {
            below = list;
        }
        below.forEach(child -> found.addAll(all(child, key)));
        return found;
    }
}
