package io.bowline.rpc.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Address;
import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.balance.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoutingBalancerTest {
    private static final ServiceName SERVICE = ServiceName.of("demo.Orders");
    private static final RpcMethod FIND = method("find(long)", 0);
    private static final RpcMethod COUNT = method("count()", 1);
    private static final RoutingBalancer.Refused FAIL = (request, why) -> CompletableFuture.failedFuture(why);

    /** What the balancer within was asked to choose among. */
    private final List<List<? extends Node>> asked = new ArrayList<>();

    private final List<LoadBalancer.@Nullable Picker> told = new ArrayList<>();

    private final LoadBalancer within = new LoadBalancer() {
        @Override
        public Picker over(List<? extends Node> nodes) {
            return over(nodes, null);
        }

        @Override
        public Picker over(List<? extends Node> nodes, @Nullable Picker before) {
            asked.add(nodes);
            told.add(before);
            return new First(nodes);
        }
    };

    private record First(List<? extends Node> nodes) implements LoadBalancer.Picker {
        @Override
        public Node pick(Request request) {
            return nodes.get(0);
        }
    }

    private record Provider(String name, Map<String, String> labels) implements Node {
        @Override
        public Address address() {
            return new Address(name, 9000);
        }

        @Override
        public String label(String key) {
            return labels.getOrDefault(key, "");
        }

        @Override
        public int weight() {
            return 100;
        }

        @Override
        public int inFlight() {
            return 0;
        }

        @Override
        public long latencyNanos() {
            return 0;
        }

        @Override
        public CompletionStage<Response> invoke(Request request) {
            return CompletableFuture.completedStage(Response.of(name));
        }
    }

    /** An argument. Its method must never be called by a rule. */
    private record User(long id, String country, TimeUnit unit) {
        String erase() {
            throw new AssertionError("a rule ran a method of the user's");
        }
    }

    private static RpcMethod method(String name, int index) {
        return RpcMethod.builder(SERVICE, name).index(index).build();
    }

    private static Request request(RpcMethod method, Metadata metadata, @Nullable Object... arguments) {
        return new Request(
                method, arguments, metadata, Deadline.after(Duration.ofSeconds(1), 0, "test"), new Cancellation(), "");
    }

    private static Provider provider(String name, String tag) {
        return new Provider(name, tag.isEmpty() ? Map.of() : Map.of("tag", tag));
    }

    private RoutingBalancer balancer(List<RpcMethod> methods, Rule... rules) {
        return new RoutingBalancer(
                RouteTable.of(RuleSet.of(rules), SERVICE, Map.of()), methods, within, LoadBalancer::named, FAIL);
    }

    private static final List<Provider> THREE = List.of(provider("a", ""), provider("b", ""), provider("c", "new"));

    @Test
    void methodsWithoutRulesShareOnePickerOverAll() {
        RoutingBalancer balancer = balancer(
                Stream.of(FIND, COUNT, method("a()", 2), method("b()", 3)).toList(),
                Rule.of("one", "demo.Orders", RuleAction.Include.of(Selector.at("b")))
                        .methods("find"));
        LoadBalancer.Picker picker = balancer.over(THREE);
        assertThat(asked).containsExactlyInAnyOrder(THREE, THREE.subList(1, 2));
        assertThat(picker.pick(request(FIND, Metadata.EMPTY))).isEqualTo(THREE.get(1));
        assertThat(picker.pick(request(COUNT, Metadata.EMPTY))).isEqualTo(THREE.get(0));
    }

    @Test
    void rulesThatAskNothingOfACallAreDoneWithWhenThePickerIsMade() {
        RoutingBalancer balancer = balancer(
                List.of(FIND),
                Rule.of("in", "*", RuleAction.Include.of(Selector.at("b", "c"))),
                Rule.of("out", "demo.*", new RuleAction.Exclude(Selector.label("tag", "new"), true)));
        LoadBalancer.Picker picker = balancer.over(THREE);
        for (int i = 0; i < 10; i++) {
            assertThat(picker.pick(request(FIND, Metadata.EMPTY))).isEqualTo(THREE.get(1));
        }
        assertThat(asked).hasSize(1);
    }

    @Test
    void aWayThroughTheRulesIsMadeOnceForItsProvidersAndAnewWithTheNext() {
        RoutingBalancer balancer =
                balancer(List.of(FIND), Rule.of("tags", "*", new RuleAction.Tag("tag", "tag", true)));
        LoadBalancer.Picker first = balancer.over(THREE);
        assertThat(asked).isEmpty();
        Request tagged = request(FIND, Metadata.of("tag", "new"));
        for (int i = 0; i < 10; i++) {
            assertThat(first.pick(tagged)).isEqualTo(THREE.get(2));
        }
        assertThat(asked).containsExactly(THREE.subList(2, 3));
        Provider fourth = provider("d", "new");
        List<Provider> four = List.of(THREE.get(0), THREE.get(1), THREE.get(2), fourth);
        LoadBalancer.Picker second = balancer.over(four, first);
        assertThat(asked).last().isEqualTo(List.of(THREE.get(2), fourth));
        assertThat(told).last().isEqualTo(new First(THREE.subList(2, 3)));
        second.pick(tagged);
        assertThat(asked).hasSize(2);
    }

    @Test
    void readsArgumentsAndCallsNoMethodOfTheirs() {
        User user = new User(42, "DE", TimeUnit.DAYS);
        assertThat(holds("0.id", new Match.Range(40, 42), user)).isTrue();
        assertThat(holds("0.id", new Match.Range(43, 50), user)).isFalse();
        assertThat(holds("0.id", Match.oneOf("42"), user)).isTrue();
        assertThat(holds("0.country", new Match.Prefix("D"), user)).isTrue();
        assertThat(holds("0.country", new Match.Not(Match.oneOf("DE")), user)).isFalse();
        assertThat(holds("0.unit", Match.oneOf("DAYS"), user)).isTrue();
        assertThat(holds("0.erase", new Match.Present(true), user)).isFalse();
        assertThat(holds("1", new Match.Present(false), user)).isTrue();
        assertThat(holds("0.id", Match.oneOf("7"), Map.of("id", 7))).isTrue();
    }

    private boolean holds(String path, Match match, Object argument) {
        RuleCondition when = new RuleCondition(Map.of(), Map.of(), Map.of(path, match));
        Rule rule = Rule.of("arguments", "*", RuleAction.Include.of(Selector.at("c")))
                .when(when);
        return balancer(List.of(FIND), rule)
                .over(THREE)
                .pick(request(FIND, Metadata.EMPTY, argument))
                .equals(THREE.get(2));
    }

    @Test
    void comparesPlainValuesByTheirText() {
        UUID id = UUID.randomUUID();
        assertThat(Match.oneOf(id.toString()).test(id)).isTrue();
        assertThat(Match.oneOf("true").test(true)).isTrue();
        assertThat(Match.oneOf("x").test('x')).isTrue();
        assertThat(Match.oneOf("[]").test(List.of())).isFalse();
        assertThat(new Match.Range(1, 9).test("5")).isTrue();
        assertThat(new Match.Range(-9, -1).test("-5")).isTrue();
        assertThat(new Match.Range(1, 9).test("5x")).isFalse();
        assertThat(new Match.Range(1, 9).test("")).isFalse();
        assertThat(new Match.Range(1, 9).test("-")).isFalse();
        assertThat(new Match.Range(1, 9).test(null)).isFalse();
        assertThat(new Match.Range(1, 9).test("9999999999999999999999")).isFalse();
    }

    @Test
    void tellsGenericMethodsApartByName() {
        RoutingBalancer balancer = balancer(
                List.of(),
                Rule.of("one", "demo.Orders", RuleAction.Include.of(Selector.at("b")))
                        .methods("find"));
        LoadBalancer.Picker first = balancer.over(THREE);
        assertThat(first.pick(request(method("find/1", 1), Metadata.EMPTY))).isEqualTo(THREE.get(1));
        assertThat(first.pick(request(method("findAll/1", 1), Metadata.EMPTY))).isEqualTo(THREE.get(0));
        IntStream.range(0, 20).forEach(i -> first.pick(request(method("other" + i, 0), Metadata.EMPTY)));
        assertThat(asked).hasSize(2);
        balancer.over(THREE.subList(0, 2), first);
        assertThat(asked).hasSize(4);
    }

    @Test
    void rulesThatOnlyLookDifferentMakeEqualTables() {
        Rule rule = Rule.of("one", "demo.Orders", RuleAction.Include.of(Selector.at("b")));
        Rule other = Rule.of("other", "demo.Else", RuleAction.Include.of(Selector.at("b")));
        assertThat(RouteTable.of(RuleSet.of(rule, other), SERVICE, Map.of()))
                .isEqualTo(RouteTable.of(RuleSet.of(rule), SERVICE, Map.of("app", "web")));
    }

    @Test
    void whatCannotBeIsRefusedWithTheOffendingAndTheExpectedValue() {
        assertThatThrownBy(() -> new RuleAction.Include(Selector.at("a"), 120, "", true))
                .hasMessage("percent: 120.0 (expected: 0 to 100)");
        assertThatThrownBy(() -> new RuleAction.Include(Selector.at("a"), 5, "user", true))
                .hasMessage("'user' (expected: an argument's number from 0, then properties: 0.userId)");
        assertThatThrownBy(() -> Selector.at("*:9000")).hasMessageContaining("address: '*:9000' (expected:");
        assertThatThrownBy(() -> RuleScope.of("demo.*.Orders")).hasMessageContaining("service: 'demo.*.Orders'");
        assertThatThrownBy(() -> new Match.Range(5, 1)).hasMessage("range: 5 to 1 (expected: from <= to)");
        Rule rule = Rule.of("twice", "*", new RuleAction.Block(""));
        assertThatThrownBy(() -> RuleSet.of(rule, rule)).hasMessage("name: 'twice' twice (expected: unique)");
    }
}
