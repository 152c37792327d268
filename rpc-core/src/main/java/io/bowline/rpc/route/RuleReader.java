package io.bowline.rpc.route;

import io.bowline.rpc.Suggestions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads rules from a document: nested maps, lists and texts, as a {@link RuleFormat} makes them. Entry by entry: what is
 * wrong with one rule is told in {@link RuleSet#problems}, with the offending and the expected value, and leaves out that
 * rule and no other. The schema is that of {@code docs/routing.md}.
 */
public final class RuleReader {
    private static final String VERSION = "1";
    private static final List<String> ACTIONS = List.of("include", "exclude", "tag", "block", "set", "weigh", "mirror");

    private RuleReader() {}

    /**
     * Reads a document.
     *
     * @throws IllegalArgumentException if it is no document of rules at all, or of a later schema
     */
    public static RuleSet read(@Nullable Object document) {
        RuleFields fields = new RuleFields("the document", document);
        String version = fields.text("version");
        if (!version.equals(VERSION)) {
            throw new IllegalArgumentException("version: " + version + " (expected: " + VERSION + ")");
        }
        List<String> problems = new ArrayList<>();
        boolean force = false;
        List<?> entries = fields.list("rules");
        try {
            force = fields.flag("force", false);
            fields.done();
        } catch (IllegalArgumentException wrong) {
            problems.add(wrong.getMessage());
        }
        List<Rule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            try {
                Rule rule = i < RuleSet.MOST_RULES ? rule(entries.get(i)) : tooMany(entries.size());
                if (rule != null && !names.add(rule.name())) {
                    throw new IllegalArgumentException("name: twice (expected: unique)");
                }
                if (rule != null) {
                    rules.add(rule);
                }
            } catch (IllegalArgumentException wrong) {
                problems.add("rules[" + i + "]" + name(entries.get(i)) + ": " + wrong.getMessage()
                        + "; the rule is left out");
            }
            if (i >= RuleSet.MOST_RULES) {
                break;
            }
        }
        return new RuleSet(rules, force, problems);
    }

    private static Rule tooMany(int count) {
        throw new IllegalArgumentException(
                count + " rules (expected: at most " + RuleSet.MOST_RULES + "), as are all that follow");
    }

    private static String name(@Nullable Object entry) {
        return entry instanceof Map<?, ?> map && map.get("name") instanceof String name ? " '" + name + "'" : "";
    }

    /** Null for one that is switched off. */
    private static @Nullable Rule rule(@Nullable Object entry) {
        RuleFields fields = new RuleFields("a rule", entry);
        boolean enabled = fields.flag("enabled", true);
        RuleScope scope = new RuleScope(
                fields.text("service"), fields.optional("version"), fields.optional("group"), fields.texts("methods"));
        Rule rule = new Rule(fields.text("name"), scope, condition(fields.fields("when")), action(fields));
        fields.done();
        return enabled ? rule : null;
    }

    private static RuleCondition condition(@Nullable RuleFields when) {
        if (when == null) {
            return RuleCondition.ALWAYS;
        }
        RuleCondition condition = new RuleCondition(
                matches(when.fields("consumer")), matches(when.fields("metadata")), matches(when.fields("arguments")));
        when.done();
        return condition;
    }

    private static RuleAction action(RuleFields fields) {
        List<String> given = ACTIONS.stream().filter(fields::has).toList();
        if (given.size() != 1) {
            throw new IllegalArgumentException("actions: " + (given.isEmpty() ? "none" : String.join(", ", given))
                    + " (expected: one of " + String.join(", ", ACTIONS) + ")");
        }
        return switch (given.get(0)) {
            case "include" ->
                new RuleAction.Include(
                        selector(fields.required("include")),
                        fields.number("percent", RuleAction.ALL),
                        fields.text("by", ""),
                        fields.flag("fallback", true));
            case "exclude" ->
                new RuleAction.Exclude(selector(fields.required("exclude")), fields.flag("fallback", true));
            case "tag" -> tag(fields.required("tag"), fields.flag("fallback", true));
            case "mirror" ->
                new RuleAction.Mirror(
                        selector(fields.required("mirror")),
                        fields.number("percent", RuleAction.ALL),
                        fields.text("by", ""),
                        fields.has("most") ? fields.whole("most") : RuleAction.Mirror.USUAL);
            case "set" -> options(fields.required("set"));
            case "weigh" -> weight(fields.required("weigh"));
            default -> new RuleAction.Block(fields.text("block"));
        };
    }

    private static RuleAction options(RuleFields fields) {
        RuleAction.SetOptions options = new RuleAction.SetOptions(
                fields.duration("timeout"),
                fields.has("attempts") ? fields.whole("attempts") : null,
                fields.optional("loadBalancer"));
        fields.done();
        return options;
    }

    private static RuleAction weight(RuleFields fields) {
        int weight = fields.whole("weight");
        return new RuleAction.SetWeight(selector(fields), weight);
    }

    private static RuleAction tag(RuleFields fields, boolean fallback) {
        RuleAction.Tag tag = new RuleAction.Tag(fields.text("label"), fields.text("metadata"), fallback);
        fields.done();
        return tag;
    }

    private static Selector selector(RuleFields fields) {
        Selector selector = new Selector(fields.texts("addresses"), matches(fields.fields("labels")));
        fields.done();
        return selector;
    }

    private static Map<String, Match> matches(@Nullable RuleFields fields) {
        Map<String, Match> matches = new LinkedHashMap<>();
        if (fields != null) {
            fields.keys().forEach(key -> matches.put(key, match(key, fields.value(key))));
        }
        return matches;
    }

    private static Match match(String key, @Nullable Object value) {
        if (value instanceof String text) {
            return Match.oneOf(text);
        }
        if (value instanceof List<?> list) {
            Stream<String> texts = list.stream().map(item -> RuleFields.text(key, item));
            return new Match.OneOf(texts.collect(Collectors.toSet()));
        }
        RuleFields fields = new RuleFields(key, value);
        List<String> kinds = fields.keys();
        String kind = kinds.size() == 1 ? kinds.get(0) : "";
        return switch (kind) {
            case "prefix" -> new Match.Prefix(fields.text(kind));
            case "range" -> range(fields.texts(kind));
            case "present" -> new Match.Present(fields.flag(kind, true));
            case "not" -> new Match.Not(match(key, fields.value(kind)));
            default ->
                throw new IllegalArgumentException(key + ": " + kinds
                        + " (expected: a text, a list of texts, or one of prefix, range, present, not"
                        + (kind.isEmpty()
                                ? ""
                                : "; " + Suggestions.of(kind, List.of("prefix", "range", "present", "not")))
                        + ")");
        };
    }

    private static Match range(List<String> bounds) {
        if (bounds.size() == 2) {
            try {
                return new Match.Range(Long.parseLong(bounds.get(0)), Long.parseLong(bounds.get(1)));
            } catch (NumberFormatException noNumber) {
                // Told below.
            }
        }
        throw new IllegalArgumentException("range: " + bounds + " (expected: two whole numbers, [1, 10])");
    }
}
