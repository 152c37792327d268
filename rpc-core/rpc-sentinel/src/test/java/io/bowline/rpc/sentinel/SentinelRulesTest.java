package io.bowline.rpc.sentinel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.alibaba.csp.sentinel.datasource.FileRefreshableDataSource;
import com.alibaba.csp.sentinel.property.DynamicSentinelProperty;
import com.alibaba.csp.sentinel.slots.block.AbstractRule;
import com.alibaba.csp.sentinel.slots.block.authority.AuthorityRule;
import com.alibaba.csp.sentinel.slots.block.authority.AuthorityRuleManager;
import com.alibaba.csp.sentinel.slots.block.degrade.DegradeRule;
import com.alibaba.csp.sentinel.slots.block.degrade.DegradeRuleManager;
import com.alibaba.csp.sentinel.slots.block.flow.FlowRule;
import com.alibaba.csp.sentinel.slots.block.flow.FlowRuleManager;
import com.alibaba.csp.sentinel.slots.block.flow.param.ParamFlowRule;
import com.alibaba.csp.sentinel.slots.block.flow.param.ParamFlowRuleManager;
import com.alibaba.csp.sentinel.slots.system.SystemRuleManager;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules as the dashboard writes them, and what is said of those that nobody can use. */
class SentinelRulesTest {
    private static final String BUY = "demo.Shop:buy(java.lang.String)";

    @AfterEach
    void forget() {
        World.forgetRules();
    }

    private static Path file(String name) throws URISyntaxException {
        return Path.of(SentinelRulesTest.class.getResource("/rules/" + name).toURI());
    }

    @Test
    void flowRules() throws URISyntaxException {
        SentinelRules.FLOW.load(file("flow.json"));
        FlowRule ofMethod = new FlowRule(BUY).setCount(20);
        FlowRule ofService = new FlowRule("demo.Shop").setGrade(0).setCount(50);
        ofService.setLimitApp("web");
        assertThat(FlowRuleManager.getRules())
                .extracting(
                        AbstractRule::getResource, AbstractRule::getLimitApp, FlowRule::getGrade, FlowRule::getCount)
                .containsExactlyInAnyOrder(tuple(BUY, "default", 1, 20.0), tuple("demo.Shop", "web", 0, 50.0));
        assertThat(FlowRuleManager.getRules()).contains(ofService);
        assertThat(FlowRuleManager.getRules())
                .filteredOn(rule -> rule.getResource().equals(BUY))
                .extracting(FlowRule::getWarmUpPeriodSec, FlowRule::getMaxQueueingTimeMs)
                .containsExactly(tuple(ofMethod.getWarmUpPeriodSec(), ofMethod.getMaxQueueingTimeMs()));
    }

    @Test
    void degradeRules() throws URISyntaxException {
        SentinelRules.DEGRADE.load(file("degrade.json"));
        DegradeRule expected = new DegradeRule("demo.Shop")
                .setGrade(1)
                .setCount(0.5)
                .setTimeWindow(10)
                .setMinRequestAmount(5)
                .setStatIntervalMs(1_000);
        assertThat(DegradeRuleManager.getRules()).containsExactly(expected);
    }

    @Test
    void systemRules() throws URISyntaxException {
        SentinelRules.SYSTEM.load(file("system.json"));
        assertThat(SystemRuleManager.getMaxThreadThreshold()).isEqualTo(400);
        assertThat(SystemRuleManager.getCpuUsageThreshold()).isEqualTo(0.9);
    }

    @Test
    void authorityRulesStandWithinWhatTheDashboardKeeps() throws URISyntaxException {
        SentinelRules.AUTHORITY.load(file("authority.json"));
        assertThat(AuthorityRuleManager.getRules())
                .singleElement()
                .returns("demo.Shop", AuthorityRule::getResource)
                .returns("web,desk", AuthorityRule::getLimitApp);
    }

    @Test
    void paramFlowRulesDoToo() throws URISyntaxException {
        SentinelRules.paramFlow().load(file("param-flow.json"));
        assertThat(ParamFlowRuleManager.getRules())
                .singleElement()
                .returns(BUY, ParamFlowRule::getResource)
                .returns(0, ParamFlowRule::getParamIdx)
                .satisfies(rule ->
                        assertThat(rule.retrieveExclusiveItemCount("gold")).isEqualTo(1));
    }

    @Test
    void anEmptyListTakesAllRulesOff() {
        SentinelRules.FLOW.load("a test", "[{\"resource\": \"a\", \"count\": 1}]");
        assertThat(FlowRuleManager.getRules()).hasSize(1);
        SentinelRules.FLOW.load("a test", "[]");
        assertThat(FlowRuleManager.getRules()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{"resource":"a","count":1},{"resource":"b","cuont":1}] | entry 2 (resource 'b') has no 'count'
            [{"resource":"a","count":1,"graed":1}]      | entry 1 (resource 'a') has an unknown field 'graed'
            [{"resource":"a","count":1,"graed":1}]      | Did you mean grade?
            [{"resource":"a","count":-1}]               | entry 1 (resource 'a') is not accepted by Sentinel
            [{"resource":"a","count":"many"}]           | entry 1 (resource 'a') has a wrong 'count'
            [{"resource":"a","count":null}]             | entry 1 (resource 'a') has no 'count'
            [{"count":1}]                               | entry 1 has no 'resource'
            [{"resource":"a","count":1,"count":2}]      | no JSON in line 1
            [{"resource":"a","count":1}                 | no JSON in line
            [{"resource":"a","count":1}] []             | no JSON in line 1
            [3]                                         | entry 1 is no object but NUMBER
            {"resource":"a","count":1}                  | no list but OBJECT
            ``                                          | no list but MISSING
            """)
    void aBadEntryIsNamedAndTheRulesInForceStay(String json, String complaint) {
        SentinelRules.FLOW.load("before", "[{\"resource\": \"before\", \"count\": 1}]");
        RpcException refusal = catchThrowableOfType(
                RpcException.class, () -> SentinelRules.FLOW.load("shop-flow-rules", json == null ? "" : json));
        assertThat(refusal.code()).isEqualTo(Code.INVALID_CONFIGURATION);
        assertThat(refusal)
                .hasMessageContaining("flow rules of Sentinel from shop-flow-rules: ")
                .hasMessageContaining(complaint);
        assertThat(FlowRuleManager.getRules()).extracting(FlowRule::getResource).containsExactly("before");
    }

    @ParameterizedTest
    @CsvSource({"-1,-1", "400,2"})
    void aSystemRuleThatSentinelWouldDropIsRefused(int threads, double processor) {
        String json = "[{\"maxThread\": " + threads + ", \"highestCpuUsage\": " + processor + "}]";
        assertThat(catchThrowableOfType(RpcException.class, () -> SentinelRules.SYSTEM.parse("a test", json)))
                .hasMessageContaining("entry 1 is not accepted by Sentinel");
    }

    @Test
    void aFileThatIsNotThereIsNamed(@TempDir Path folder) {
        RpcException refusal = catchThrowableOfType(
                RpcException.class, () -> SentinelRules.DEGRADE.load(folder.resolve("absent.json")));
        assertThat(refusal.code()).isEqualTo(Code.INVALID_CONFIGURATION);
        assertThat(refusal).hasMessageContaining("absent.json");
    }

    @Test
    void aSourceOfSentinelReadsByTheSameFormat(@TempDir Path folder) throws Exception {
        Path rules = folder.resolve("flow.json");
        Files.writeString(rules, "[{\"resource\": \"a\", \"count\": 1}]");
        FileRefreshableDataSource<List<FlowRule>> source = new FileRefreshableDataSource<>(
                new File(rules.toString()), json -> SentinelRules.FLOW.parse("flow.json", json));
        try {
            FlowRuleManager.register2Property(source.getProperty());
            assertThat(FlowRuleManager.getRules())
                    .extracting(FlowRule::getCount)
                    .containsExactly(1.0);
            change(rules, "[{\"resource\": \"a\", \"count\": 2}]");
            await().untilAsserted(() -> assertThat(FlowRuleManager.getRules())
                    .extracting(FlowRule::getCount)
                    .containsExactly(2.0));
        } finally {
            source.close();
            FlowRuleManager.register2Property(new DynamicSentinelProperty<>());
        }
    }

    /** The source looks at the time of the last change, in milliseconds. */
    private static void change(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
    }

    @Test
    void theExtensionForArgumentsMayBeAbsent() throws Exception {
        URL[] without = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("sentinel-parameter-flow-control"))
                .map(SentinelRulesTest::url)
                .toArray(URL[]::new);
        // Stays open: Sentinel's threads, started by its classes, go on.
        URLClassLoader loader = new URLClassLoader(without, ClassLoader.getPlatformClassLoader());
        Class<?> isolated = Class.forName(WithoutExtension.class.getName(), true, loader);
        var run = isolated.getDeclaredMethod("run");
        run.setAccessible(true);
        assertThat((String) run.invoke(null))
                .startsWith("RPC-OVERLOADED ")
                .contains(" RPC-INVALID-CONFIGURATION ")
                .endsWith("(expected: com.alibaba.csp:sentinel-parameter-flow-control on the class path)");
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (IOException impossible) {
            throw new IllegalArgumentException(entry, impossible);
        }
    }
}
