package io.bowline.rpc.rules.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.route.Match;
import io.bowline.rpc.route.Rule;
import io.bowline.rpc.route.RuleAction;
import io.bowline.rpc.route.RuleCondition;
import io.bowline.rpc.route.RuleFormat;
import io.bowline.rpc.route.RuleReader;
import io.bowline.rpc.route.RuleScope;
import io.bowline.rpc.route.RuleSet;
import io.bowline.rpc.route.Selector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlRulesTest {
    private static final String EVERYTHING = """
            # a comment
            version: 1
            force: true
            rules:
              - name: grey
                service: demo.Orders
                version: 1.10
                group: NO
                methods: [find, "count()"]
                when:
                  consumer: { app: [web, shop] }
                  metadata: { tenant: { not: acme } }
                  arguments: { 0.userId: { range: [1, 1000] }, "1": { prefix: "DE-" } }
                include:
                  addresses: [10.0.0.7:9000, 10.1.*]
                  labels: { build: 42, old: { present: false } }
                percent: 2.5
                by: "@user"
                fallback: false
              - name: off
                enabled: false
                service: "*"
                block: everything
              - { name: lanes, service: "*", tag: { label: lane, metadata: baggage.lane } }
              - { name: out, service: demo.*, methods: find, exclude: { addresses: 10.0.0.9 } }
              - { name: slow, service: demo.Orders, set: { timeout: 500ms, attempts: 2, loadBalancer: sticky } }
              - { name: half, service: demo.Orders, weigh: { labels: { zone: a }, weight: 50 } }
              - { name: copy, service: demo.Orders, mirror: { addresses: shadow }, percent: 1, by: 0, most: 5 }
              - { name: stop, service: demo.Orders, methods: delete, block: "closed, sorry" }
            """;

    private final YamlRules yaml = new YamlRules();

    private RuleSet read(String text) {
        return RuleReader.read(yaml.parse(text));
    }

    @Test
    void readsEveryKindOfEntry() {
        RuleCondition when = new RuleCondition(
                Map.of("app", Match.oneOf("web", "shop")),
                Map.of("tenant", new Match.Not(Match.oneOf("acme"))),
                Map.of("0.userId", new Match.Range(1, 1000), "1", new Match.Prefix("DE-")));
        Selector some = new Selector(
                List.of("10.0.0.7:9000", "10.1.*"),
                Map.of("build", Match.oneOf("42"), "old", new Match.Present(false)));
        assertThat(read(EVERYTHING))
                .isEqualTo(new RuleSet(
                        List.of(
                                new Rule(
                                        "grey",
                                        new RuleScope("demo.Orders", "1.10", "NO", List.of("find", "count()")),
                                        when,
                                        new RuleAction.Include(some, 2.5, "@user", false)),
                                Rule.of("lanes", "*", new RuleAction.Tag("lane", "baggage.lane", true)),
                                Rule.of("out", "demo.*", new RuleAction.Exclude(Selector.at("10.0.0.9"), true))
                                        .methods("find"),
                                Rule.of(
                                        "slow",
                                        "demo.Orders",
                                        new RuleAction.SetOptions(Duration.ofMillis(500), 2, "sticky")),
                                Rule.of(
                                        "half",
                                        "demo.Orders",
                                        new RuleAction.SetWeight(Selector.label("zone", "a"), 50)),
                                Rule.of("copy", "demo.Orders", new RuleAction.Mirror(Selector.at("shadow"), 1, "0", 5)),
                                Rule.of("stop", "demo.Orders", new RuleAction.Block("closed, sorry"))
                                        .methods("delete")),
                        true,
                        List.of()));
    }

    @Test
    void readsWhatTheDocumentShows() throws IOException {
        try (InputStream shown = getClass().getResourceAsStream("/rules.yaml")) {
            RuleSet rules = read(new String(shown.readAllBytes(), StandardCharsets.UTF_8));
            assertThat(rules.problems()).isEmpty();
            assertThat(rules.rules()).hasSize(8);
        }
    }

    @Test
    void readsJson() {
        assertThat(read("""
                                {"version": 1, "rules": [
                                    {"name": "x", "service": "demo.Orders", "include": {"labels": {"tag": ["a", "b"]}}}]}
                                """))
                .isEqualTo(RuleSet.of(
                        Rule.of("x", "demo.Orders", RuleAction.Include.of(Selector.label("tag", "a", "b")))));
    }

    /** Each is one entry that is wrong, and what is said of it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {service: a.B, block: x} | rules[1]: name: missing (expected: a text
                    {name: bad, block: x} | rules[1] 'bad': service: missing (expected: a text
                    {name: bad, service: a.*.B, block: x} | service: 'a.*.B' (expected: an interface
                    {name: bad, service: a.B} | actions: none (expected: one of include, exclude, tag, block, set, weigh, mirror)
                    {name: bad, service: a.B, block: x, tag: {}} | actions: tag, block (expected: one of
                    {name: bad, service: a.B, block: x, percent: 5} | unknown entry 'percent'
                    {name: bad, service: a.B, metods: x, block: x} | Did you mean methods?
                    {name: bad, service: a.B, include: {}} | providers: none named (expected:
                    {name: bad, service: a.B, include: {label: {a: b}}} | providers: none named
                    {name: bad, service: a.B, include: {labels: {a: b}}, percent: 120} | percent: 120.0 (expected: 0 to 100)
                    {name: bad, service: a.B, include: {labels: {a: b}}, percent: -1} | percent: '-1' (expected: a number
                    {name: bad, service: a.B, include: {labels: {a: b}}, percent: NaN} | percent: 'NaN' (expected: a number
                    {name: bad, service: a.B, include: {labels: {a: b}}, by: user} | 'user' (expected: an argument's number
                    {name: bad, service: a.B, include: {labels: {a: {suffix: b}}}} | a: [suffix] (expected: a text
                    {name: bad, service: a.B, include: {labels: {a: []}}} | values: none (expected: at least one)
                    {name: bad, service: a.B, include: {labels: {a: {range: [1, x]}}}} | range: [1, x] (expected: two
                    {name: bad, service: a.B, include: {labels: {a: b}}, fallback: no} | fallback: 'no' (expected: true or
                    {name: bad, service: a.B, when: {argument: {a: b}}, block: x} | Did you mean arguments?
                    {name: bad, service: a.B, when: {arguments: {user: b}}, block: x} | 'user' (expected: an argument's
                    {name: bad, service: a.B, tag: {label: a}} | metadata: missing (expected: a text
                    {name: good, service: a.B, block: x} | name: twice (expected: unique)
                    {name: bad, service: a.B, set: {}} | set: nothing (expected: timeout, attempts or loadBalancer)
                    {name: bad, service: a.B, set: {timeout: 5}} | timeout: '5' (expected: 500ms, 2s or 1m)
                    {name: bad, service: a.B, set: {timeout: 0s}} | timeout: PT0S (expected: > 0)
                    {name: bad, service: a.B, set: {attempts: 0}} | attempts: 0 (expected: 1 to 100)
                    {name: bad, service: a.B, set: {attempts: few}} | attempts: 'few' (expected: a whole number)
                    {name: bad, service: a.B, set: {loadBalancer: stiky}} | Did you mean sticky?
                    {name: bad, service: a.B, when: {metadata: {a: b}}, set: {attempts: 1}} | (expected: consumer only
                    {name: bad, service: a.B, weigh: {addresses: x, weight: 20000}} | weight: 20000 (expected: 0 to 10000)
                    {name: bad, service: a.B, weigh: {addresses: x}} | weight: missing (expected: a text
                    {name: bad, service: a.B, methods: c, weigh: {addresses: x, weight: 1}} | methods: [c] (expected: none
                    {name: bad, service: a.B, mirror: {addresses: x}, most: 0} | most: 0 (expected: 1 to 10000)
                    {name: bad, service: a.B, mirror: {addresses: x}, fallback: true} | unknown entry 'fallback'
                    text | a rule: 'text' (expected: named entries)
                    [] | a rule: [] (expected: named entries)
                    """)
    void reportsABadEntryAndKeepsTheOthers(String entry, String problem) {
        RuleSet rules = read("version: 1\nrules:\n- {name: good, service: a.B, block: x}\n- " + entry
                + "\n- {name: last, service: a.B, block: x}\n");
        assertThat(rules.rules()).extracting(Rule::name).containsExactly("good", "last");
        assertThat(rules.problems())
                .singleElement()
                .asString()
                .contains(problem)
                .endsWith("; the rule is left out");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    `` | an empty text
                    `rules: []` | version: missing
                    `{version: 2, rules: []}` | version: 2 (expected: 1)
                    `version: 1` | rules: missing (expected: a list)
                    `just text` | the document: 'just text' (expected: named entries)
                    `{version: 1, rules: [` | line 1
                    `{version: !!int 1, rules: []}` | line 1: the tag tag:yaml.org,2002:int
                    `{version: 1, rules: !!java.lang.Runtime []}` | the tag tag:yaml.org,2002:java.lang.Runtime
                    `{version: &a 1, rules: []}` | an anchor (expected: none)
                    `{version: *a, rules: []}` | an alias (expected: the value itself)
                    `{version: 1, version: 1, rules: []}` | the key 'version' twice
                    `{[a]: 1, rules: []}` | a map or list as a key
                    """)
    void refusesWhatIsNoDocumentOfRules(String text, String problem) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void tellsTheLine() {
        assertThatThrownBy(() -> yaml.parse("version: 1\nrules:\n- &a {}\n"))
                .hasMessageStartingWith("line 3: an anchor");
        assertThatThrownBy(() -> yaml.parse("version: 1\n---\nversion: 1\n"))
                .hasMessageStartingWith("line 2: a second document");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- "})
    void refusesDeepNestingBeforeItHurts(String opening) {
        assertThatThrownBy(() -> yaml.parse(opening.repeat(20_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nested deeper than 32");
    }

    @Test
    void aWrongEntryAtTheTopIsReportedAndTheRulesStand() {
        RuleSet rules = read("{version: 1, forced: true, rules: [{name: a, service: b, block: c}]}");
        assertThat(rules.rules()).hasSize(1);
        assertThat(rules.problems())
                .singleElement()
                .asString()
                .contains("unknown entry 'forced'", "Did you mean force?");
    }

    @Test
    void isFoundOnTheClassPath() {
        assertThat(RuleFormat.found()).isInstanceOf(YamlRules.class);
    }

    @Property(tries = 500)
    void anyTextIsReadOrRefused(@ForAll("texts") String text) {
        try {
            assertThat(read(text)).isNotNull();
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageNotContaining("null");
        }
    }

    @Provide
    Arbitrary<String> texts() {
        Set<String> pieces = Set.of(
                "version: 1\n",
                "rules:\n",
                "- ",
                "name: a\n",
                "{",
                "}",
                "[",
                "]",
                ": ",
                ",",
                "\"",
                "'",
                "  ",
                "\n",
                "|",
                "&a",
                "*a",
                "!!x ",
                "#",
                "%YAML 1.2\n",
                "---\n",
                "...\n",
                "?",
                "\t",
                "\u0000",
                "é",
                "service: b\n",
                "block: c\n");
        return Arbitraries.of(pieces).list().ofMaxSize(30).map(list -> String.join("", list));
    }
}
