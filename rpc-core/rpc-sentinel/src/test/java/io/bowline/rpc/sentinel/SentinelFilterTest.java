package io.bowline.rpc.sentinel;

import static io.bowline.rpc.sentinel.World.BUY;
import static io.bowline.rpc.sentinel.World.ORDER;
import static io.bowline.rpc.sentinel.World.SERVICE;
import static io.bowline.rpc.sentinel.World.code;
import static io.bowline.rpc.sentinel.World.join;
import static io.bowline.rpc.sentinel.World.refused;
import static io.bowline.rpc.sentinel.World.underWay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.alibaba.csp.sentinel.slots.block.RuleConstant;
import com.alibaba.csp.sentinel.slots.block.authority.AuthorityRule;
import com.alibaba.csp.sentinel.slots.block.authority.AuthorityRuleManager;
import com.alibaba.csp.sentinel.slots.block.degrade.DegradeRule;
import com.alibaba.csp.sentinel.slots.block.degrade.DegradeRuleManager;
import com.alibaba.csp.sentinel.slots.block.flow.FlowRule;
import com.alibaba.csp.sentinel.slots.block.flow.FlowRuleManager;
import com.alibaba.csp.sentinel.slots.block.flow.param.ParamFlowItem;
import com.alibaba.csp.sentinel.slots.block.flow.param.ParamFlowRule;
import com.alibaba.csp.sentinel.slots.block.flow.param.ParamFlowRuleManager;
import com.alibaba.csp.sentinel.slots.system.SystemRule;
import com.alibaba.csp.sentinel.slots.system.SystemRuleManager;
import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.filter.RetryPolicy;
import io.bowline.rpc.sentinel.World.Shop;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real Sentinel between a real client and real providers. */
class SentinelFilterTest {
    private final World world = new World();

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    private static SentinelFilter filter(String side) {
        return side.equals("client") ? SentinelFilter.client() : SentinelFilter.server();
    }

    private static FlowRule flow(String resource, int grade, double count) {
        return new FlowRule(resource).setGrade(grade).setCount(count);
    }

    private static void nothingOf(String resource) {
        FlowRuleManager.loadRules(List.of(flow(resource, RuleConstant.FLOW_GRADE_QPS, 0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void aFlowRuleOfAMethodKeepsItsCallsOut(String side) throws InterruptedException {
        Shop shop = world.shop(filter(side));
        nothingOf(BUY);
        assertThat(refused(Code.OVERLOADED, () -> shop.buy("tea")))
                .hasMessageContaining("a flow rule of " + BUY + " for default, 0.0 calls a second");
        assertThat(world.arrived).hasValue(0);
        assertThat(underWay(SERVICE)).isZero();
        CompletableFuture<String> order = shop.order("tea");
        world.order().complete("tea");
        assertThat(order.join()).isEqualTo("tea");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void aFlowRuleOfAServiceKeepsAllItsCallsOut(String side) {
        Shop shop = world.shop(filter(side));
        nothingOf(SERVICE);
        refused(Code.OVERLOADED, () -> shop.buy("tea"));
        refused(Code.OVERLOADED, () -> join(shop.order("tea")));
        assertThat(world.arrived).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void aLimitOfCallsAtOnceHasRoomAgainAfterSuccessAndFailure(String side) throws InterruptedException {
        Shop shop = world.shop(filter(side));
        FlowRuleManager.loadRules(List.of(flow(SERVICE, RuleConstant.FLOW_GRADE_THREAD, 1)));
        CompletableFuture<String> good = shop.order("tea");
        CompletableFuture<String> running = world.order();
        assertThat(refused(Code.OVERLOADED, () -> shop.buy("tea")))
                .hasMessageContaining("a flow rule of " + SERVICE + " for default, 1.0 calls at once");
        refused(Code.OVERLOADED, () -> join(shop.order("tea")));
        assertThat(world.arrived).hasValue(1);
        running.complete("tea");
        assertThat(good.join()).isEqualTo("tea");

        CompletableFuture<String> bad = shop.order("tea");
        world.order().completeExceptionally(new IllegalStateException("no tea"));
        assertThatThrownBy(bad::join).hasRootCauseMessage("no tea");

        assertThatThrownBy(() -> shop.buy("the moon")).hasMessageContaining("SoldOut");
        assertThat(shop.buy("tea")).isEqualTo("tea");
        assertThat(underWay(SERVICE)).isZero();
        assertThat(underWay(ORDER)).isZero();
        assertThat(underWay(BUY)).isZero();
    }

    @Test
    void aCallThatItsCallerGaveUpLeavesAtOnce() throws InterruptedException {
        Shop shop = world.shop(SentinelFilter.client());
        FlowRuleManager.loadRules(List.of(flow(ORDER, RuleConstant.FLOW_GRADE_THREAD, 1)));
        CompletableFuture<String> order = shop.order("tea");
        CompletableFuture<String> running = world.order();
        order.cancel(true);
        assertThat(underWay(ORDER)).isZero();
        running.complete("too late");
        CompletableFuture<String> next = shop.order("tea");
        world.order().complete("tea");
        assertThat(next.join()).isEqualTo("tea");
        assertThat(underWay(ORDER)).isZero();
    }

    @Test
    void onAServerTooACallThatItsCallerGaveUpLeaves() throws InterruptedException {
        Shop shop = world.shop(SentinelFilter.server());
        CompletableFuture<String> order = shop.order("tea");
        world.order();
        assertThat(underWay(ORDER)).isEqualTo(1);
        order.cancel(true);
        await().until(() -> underWay(ORDER) == 0 && underWay(SERVICE) == 0);
    }

    /** Opens after more than two exceptions, and stays open. */
    private static DegradeRule twoExceptions(String resource) {
        return new DegradeRule(resource)
                .setGrade(RuleConstant.DEGRADE_GRADE_EXCEPTION_COUNT)
                .setCount(2)
                .setMinRequestAmount(1)
                .setStatIntervalMs(Integer.MAX_VALUE)
                .setTimeWindow(3_600);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void aDegradeRuleOpensAfterFailuresAndTheProviderSeesNoMoreCalls(String side) {
        Shop shop = world.shop(filter(side));
        DegradeRuleManager.loadRules(List.of(twoExceptions(BUY)));
        world.trouble = Code.INTERNAL;
        for (int i = 0; i < 3; i++) {
            assertThat(code(() -> shop.buy("tea"))).isEqualTo(Code.INTERNAL);
        }
        assertThat(refused(Code.OVERLOADED, () -> shop.buy("tea")))
                .hasMessageContaining("a degrade rule of " + BUY + " for default, open for 3600 s since more than 2.0");
        assertThat(world.arrived).hasValue(3);
    }

    @Test
    void asynchronousFailuresCountForTheService() {
        Shop shop = world.shop(SentinelFilter.client());
        DegradeRuleManager.loadRules(List.of(twoExceptions(SERVICE)));
        world.trouble = Code.OVERLOADED;
        for (int i = 0; i < 3; i++) {
            assertThat(code(() -> join(shop.order("tea")))).isEqualTo(Code.OVERLOADED);
        }
        refused(Code.OVERLOADED, () -> shop.buy("tea"));
        assertThat(world.arrived).hasValue(3);
    }

    @Test
    void whatTheServiceThrowsCountsOnlyIfAsked() {
        Shop lenient = world.shop(SentinelFilter.server());
        Shop strict = world.shop(SentinelFilter.server()
                .named(ResourceNames.DUBBO.prefixed("strict:"))
                .counting(Set.of(Code.APPLICATION)));
        DegradeRuleManager.loadRules(List.of(twoExceptions(BUY), twoExceptions("strict:" + BUY)));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> lenient.buy("the moon")).hasMessageContaining("SoldOut");
            assertThatThrownBy(() -> strict.buy("the moon")).hasMessageContaining("SoldOut");
        }
        assertThat(lenient.buy("tea")).isEqualTo("tea");
        refused(Code.OVERLOADED, () -> strict.buy("tea"));
    }

    @Test
    void aSystemRuleConcernsInboundCallsOnly() {
        SystemRule none = new SystemRule();
        none.setQps(0);
        SystemRuleManager.loadRules(List.of(none));
        Shop outbound = world.shop(SentinelFilter.client());
        Shop inbound = world.shop(SentinelFilter.server());
        assertThat(outbound.buy("tea")).isEqualTo("tea");
        assertThat(refused(Code.OVERLOADED, () -> inbound.buy("tea"))).hasMessageContaining("the system rule of qps");
    }

    private Shop calledBy(String application, Address provider) {
        return world.client(client -> client.guard(SentinelFilter.client(application)), provider)
                .proxy(Shop.class);
    }

    @Test
    void rulesKnowTheCallersApplication() {
        Address provider = world.provider(
                server -> server.filter(SentinelFilter.server().named(ResourceNames.DUBBO.prefixed("provider:"))));
        AuthorityRule blacklist = new AuthorityRule();
        blacklist.setResource("provider:" + SERVICE);
        blacklist.setLimitApp("batch").as(AuthorityRule.class).setStrategy(RuleConstant.AUTHORITY_BLACK);
        AuthorityRuleManager.loadRules(List.of(blacklist));
        FlowRule ofTheWeb = flow("provider:" + BUY, RuleConstant.FLOW_GRADE_QPS, 0);
        ofTheWeb.setLimitApp("web");
        FlowRuleManager.loadRules(List.of(ofTheWeb));

        assertThat(refused(
                        Code.PERMISSION_DENIED,
                        () -> calledBy("batch", provider).buy("tea")))
                .hasMessageContaining("an authority rule of provider:" + SERVICE + " for batch");
        refused(Code.OVERLOADED, () -> calledBy("web", provider).buy("tea"));
        assertThat(world.arrived).hasValue(0);
        assertThat(calledBy("desk", provider).buy("tea")).isEqualTo("tea");
        assertThat(world.context).isEqualTo("provider:" + BUY + " of desk");
        assertThat(calledBy("", provider).buy("tea")).isEqualTo("tea");
        assertThat(world.context).isEqualTo("provider:" + BUY + " of ");
    }

    @Test
    void anOriginMayBeWhoIsProvenToCall() {
        Shop shop = world.shop(SentinelFilter.server().origin(request -> "proven"));
        assertThat(shop.buy("tea")).isEqualTo("tea");
        assertThat(world.context).isEqualTo(BUY + " of proven");
    }

    @Test
    void aRuleOfAnArgumentDoesNotTellItsValue() {
        Shop shop = world.shop(SentinelFilter.server());
        ParamFlowRule rule = new ParamFlowRule(BUY).setParamIdx(0).setCount(1_000_000);
        rule.setParamFlowItemList(List.of(ParamFlowItem.newItem("card 4711", 0)));
        ParamFlowRuleManager.loadRules(List.of(rule));
        RpcException refusal = refused(Code.OVERLOADED, () -> shop.buy("card 4711"));
        assertThat(refusal).hasMessageContaining("a param-flow rule of " + BUY).hasNoCause();
        assertThat(refusal.getMessage()).doesNotContain("4711");
        assertThat(shop.buy("tea")).isEqualTo("tea");
    }

    @Test
    void whatOneServerRefusesAnotherOneTakes() {
        Address closed = world.provider(
                server -> server.filter(SentinelFilter.server().named(ResourceNames.DUBBO.prefixed("closed:"))));
        Address open = world.provider(server -> server.filter(SentinelFilter.server()));
        nothingOf("closed:" + SERVICE);
        Shop shop = world.client(client -> client.retry(RetryPolicy.DEFAULT), closed, open)
                .proxy(Shop.class);
        for (int i = 0; i < 5; i++) {
            assertThat(shop.buy("tea")).isEqualTo("tea");
        }
        assertThat(world.arrived).hasValue(5);
    }

    @Test
    void aFallbackAnswersForARule() {
        nothingOf(SERVICE);
        Shop shop = world.client(client -> client.guard(SentinelFilter.client()), world.provider(server -> server))
                .proxy(Shop.class, o -> o.fallback(what -> "no " + what));
        assertThat(shop.buy("tea")).isEqualTo("no tea");
        assertThat(shop.order("tea").join()).isEqualTo("no tea");
    }
}
