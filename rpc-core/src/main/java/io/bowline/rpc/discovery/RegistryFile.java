package io.bowline.rpc.discovery;

import io.bowline.rpc.Address;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.Suggestions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The text of a {@link FileRegistry}, read line by line. A bad line says what is wrong with it and is skipped.
 *
 * @param instances what the good lines say
 * @param problems one text for each bad line: {@code 3: weight: 'x' (expected: a number)}
 */
record RegistryFile(List<Instance> instances, List<String> problems) {
    private static final int MAX_LINE = 8_192;
    private static final int MAX_INSTANCES = 10_000;
    private static final int MAX_PROBLEMS = 20;
    private static final List<String> KEYS =
            List.of("version", "group", "weight", "tag", "id", "application", "serializers", "label.<name>");

    static RegistryFile parse(String text) {
        Map<String, Instance> instances = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        String[] lines = text.split("\n", -1);
        for (int number = 0; number < lines.length; number++) {
            String line = lines[number].strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                Instance read = instance(line);
                Instance merged = merge(instances.get(read.id()), read);
                if (instances.size() >= MAX_INSTANCES && !instances.containsKey(read.id())) {
                    throw new IllegalArgumentException("one instance too many (expected: at most 10000)");
                }
                instances.put(read.id(), merged);
            } catch (IllegalArgumentException bad) {
                if (problems.size() < MAX_PROBLEMS) {
                    problems.add(number + 1 + ": " + bad.getMessage());
                }
            }
        }
        return new RegistryFile(List.copyOf(instances.values()), List.copyOf(problems));
    }

    private static Instance instance(String line) {
        if (line.length() > MAX_LINE) {
            throw new IllegalArgumentException(line.length() + " characters (expected: at most " + MAX_LINE + ")");
        }
        String[] words = line.split("\\s+");
        if (words.length < 2) {
            throw new IllegalArgumentException("one word (expected: a service or *, then host:port)");
        }
        Address address = Address.parse(words[1]);
        Map<String, String> facts = new LinkedHashMap<>();
        Map<String, String> labels = new LinkedHashMap<>();
        for (String word : Arrays.asList(words).subList(2, words.length)) {
            fact(word, facts, labels);
        }
        return new Instance(
                facts.getOrDefault("id", address.toString()),
                facts.getOrDefault("application", ""),
                address,
                services(words[0], facts),
                Arrays.stream(facts.getOrDefault("serializers", "").split(","))
                        .filter(name -> !name.isBlank())
                        .collect(Collectors.toUnmodifiableSet()),
                weight(facts.get("weight")),
                labels);
    }

    private static void fact(String word, Map<String, String> facts, Map<String, String> labels) {
        int equals = word.indexOf('=');
        if (equals <= 0) {
            throw new IllegalArgumentException("'" + shown(word) + "' (expected: key=value)");
        }
        String key = word.substring(0, equals);
        String value = PercentCode.decode(word.substring(equals + 1));
        if (key.equals("tag")) {
            labels.put("tag", value);
        } else if (key.startsWith("label.") && key.length() > "label.".length()) {
            labels.put(PercentCode.decode(key.substring("label.".length())), value);
        } else if (!KEYS.contains(key)) {
            throw new IllegalArgumentException("unknown key '" + shown(key) + "'; " + Suggestions.of(key, KEYS));
        } else if (facts.put(key, value) != null) {
            throw new IllegalArgumentException(key + " stands twice");
        }
    }

    private static List<ServiceName> services(String name, Map<String, String> facts) {
        String version = facts.getOrDefault("version", "");
        String group = facts.getOrDefault("group", "");
        if (!name.equals("*")) {
            return List.of(new ServiceName(name, version, group));
        }
        if (!version.isEmpty() || !group.isEmpty()) {
            throw new IllegalArgumentException("version or group of * (expected: the service that has them)");
        }
        return List.of();
    }

    private static int weight(@Nullable String text) {
        try {
            return text == null ? Instance.NORMAL_WEIGHT : Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("weight: '" + shown(text) + "' (expected: a number)", notANumber);
        }
    }

    /** Lines with one id describe one instance: their services add up, and the rest must not differ. */
    private static Instance merge(@Nullable Instance before, Instance read) {
        if (before == null) {
            return read;
        }
        if (before.services().isEmpty() || read.services().isEmpty()) {
            throw new IllegalArgumentException("* and a service for one instance, or * twice (expected: one of them)");
        }
        List<ServiceName> services = new ArrayList<>(before.services());
        read.services().stream().filter(service -> !services.contains(service)).forEach(services::add);
        Instance merged = with(services, read);
        if (!merged.equals(with(services, before))) {
            throw new IllegalArgumentException(
                    "says something else of this instance than a line above (expected: the same address, application,"
                            + " weight, tag, labels and serializers on each of its lines)");
        }
        return merged;
    }

    private static Instance with(List<ServiceName> services, Instance of) {
        return new Instance(
                of.id(), of.application(), of.address(), services, of.serializers(), of.weight(), of.labels());
    }

    /** What somebody wrote, short and in one line. */
    private static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= 60 ? line : line.substring(0, 60) + "…";
    }
}
