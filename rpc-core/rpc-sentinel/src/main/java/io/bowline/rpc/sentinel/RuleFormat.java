package io.bowline.rpc.sentinel;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.Suggestions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How rules of one kind are written.
 *
 * @param kind what Sentinel calls it
 * @param type whose public setters are the fields of an entry
 * @param required fields without which a rule would not do what anybody meant: one without {@code count} lets nothing through
 * @param valid what Sentinel itself says of a rule
 */
record RuleFormat<R>(String kind, Class<R> type, Set<String> required, Predicate<R> valid) {
    /** What the dashboard keeps beside a rule: which process it was shown for, and when it was written. */
    private static final Set<String> BESIDE = Set.of("app", "ip", "port", "gmtCreate", "gmtModified");

    /** Where the dashboard keeps a rule of those kinds whose own fields do not stand beside what it keeps. */
    private static final String WITHIN = "rule";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .visibility(PropertyAccessor.SETTER, Visibility.PUBLIC_ONLY)
            .build();

    List<R> parse(String source, String json) {
        JsonNode list = tree(source, json);
        if (!list.isArray()) {
            throw refused(source, "no list but " + list.getNodeType() + " (expected: [ … ], or [] for no rules)", null);
        }
        List<R> rules = new ArrayList<>(list.size());
        for (JsonNode entry : list) {
            rules.add(rule(source, rules.size() + 1, entry));
        }
        return rules;
    }

    private JsonNode tree(String source, String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException broken) {
            throw refused(source, "no JSON" + place(broken) + ": " + broken.getOriginalMessage(), broken);
        }
    }

    private static String place(JsonProcessingException broken) {
        return broken.getLocation() == null
                ? ""
                : " in line " + broken.getLocation().getLineNr() + ", column "
                        + broken.getLocation().getColumnNr();
    }

    private R rule(String source, int number, JsonNode entry) {
        if (!(entry instanceof ObjectNode object)) {
            throw refused(source, "entry " + number + " is no object but " + entry.getNodeType(), null);
        }
        ObjectNode fields = bare(object);
        JsonNode resource = fields.get("resource");
        String name = "entry " + number + (resource == null ? "" : " (resource '" + resource.asText() + "')");
        for (String field : required) {
            if (!fields.has(field)) {
                throw refused(source, name + " has no '" + field + "'", null);
            }
        }
        R rule = bound(source, name, fields);
        if (!valid.test(rule)) {
            throw refused(source, name + " is not accepted by Sentinel: a value is out of bounds in " + rule, null);
        }
        return rule;
    }

    /** The rule's own fields, as far as they are set. */
    private static ObjectNode bare(ObjectNode entry) {
        ObjectNode own = (entry.get(WITHIN) instanceof ObjectNode within ? within : entry).deepCopy();
        own.remove(BESIDE);
        List<String> unset = new ArrayList<>();
        own.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                unset.add(field.getKey());
            }
        });
        own.remove(unset);
        return own;
    }

    private R bound(String source, String name, ObjectNode fields) {
        try {
            return MAPPER.treeToValue(fields, type);
        } catch (UnrecognizedPropertyException unknown) {
            Collection<Object> known = unknown.getKnownPropertyIds();
            throw refused(
                    source,
                    name + " has an unknown field '" + unknown.getPropertyName() + "'; "
                            + Suggestions.of(
                                    unknown.getPropertyName(),
                                    known == null
                                            ? Set.of()
                                            : known.stream()
                                                    .map(Object::toString)
                                                    .toList()),
                    unknown);
        } catch (JsonMappingException wrong) {
            String field = wrong.getPath().stream()
                    .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                    .collect(Collectors.joining("."));
            throw refused(source, name + " has a wrong '" + field + "': " + wrong.getOriginalMessage(), wrong);
        } catch (JsonProcessingException wrong) {
            throw refused(source, name + ": " + wrong.getOriginalMessage(), wrong);
        }
    }

    private RpcException refused(String source, String what, @Nullable Throwable cause) {
        return RpcException.of(
                Code.INVALID_CONFIGURATION,
                kind + " rules of Sentinel from " + source + ": " + what + "; the rules in force stay",
                cause);
    }
}
