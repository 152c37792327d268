package io.bowline.rpc.sentinel;

import com.alibaba.csp.sentinel.slots.block.AbstractRule;
import com.alibaba.csp.sentinel.slots.block.authority.AuthorityRule;
import com.alibaba.csp.sentinel.slots.block.authority.AuthorityRuleManager;
import com.alibaba.csp.sentinel.slots.block.degrade.DegradeRule;
import com.alibaba.csp.sentinel.slots.block.degrade.DegradeRuleManager;
import com.alibaba.csp.sentinel.slots.block.flow.FlowRule;
import com.alibaba.csp.sentinel.slots.block.flow.FlowRuleManager;
import com.alibaba.csp.sentinel.slots.block.flow.FlowRuleUtil;
import com.alibaba.csp.sentinel.slots.block.flow.param.ParamFlowRule;
import com.alibaba.csp.sentinel.slots.block.flow.param.ParamFlowRuleManager;
import com.alibaba.csp.sentinel.slots.block.flow.param.ParamFlowRuleUtil;
import com.alibaba.csp.sentinel.slots.system.SystemRule;
import com.alibaba.csp.sentinel.slots.system.SystemRuleManager;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One kind of Sentinel's rules, read from JSON as its dashboard writes it and as its {@code getRules} command tells it: a
 * list, whose entries are rules, or rules with what the dashboard keeps beside them.
 *
 * <p>Where Sentinel itself leaves out a rule that it cannot use and says so in its log, a list with one bad entry is refused
 * here as a whole, and the rules in force stay: with {@code INVALID_CONFIGURATION}, naming the source, the entry's place and
 * resource, and what is wrong. A field that is null is as good as absent. Rules belong to the process; loading replaces all
 * rules of the kind. Thread-safe.
 *
 * <p>A source of Sentinel's own, which may change while the process runs, takes {@code json -> rules.parse(name, json)} for
 * its converter.
 *
 * @param <R> the rule's type
 */
public final class SentinelRules<R extends AbstractRule> {
    /** How many calls may begin in a second, or be under way at once. */
    public static final SentinelRules<FlowRule> FLOW = new SentinelRules<>(
            new RuleFormat<>("flow", FlowRule.class, Set.of("resource", "count"), FlowRuleUtil::isValidRule),
            FlowRuleManager::loadRules);

    /** When a resource that is slow or fails lets no calls in for a while. */
    public static final SentinelRules<DegradeRule> DEGRADE = new SentinelRules<>(
            new RuleFormat<>(
                    "degrade",
                    DegradeRule.class,
                    Set.of("resource", "count", "timeWindow"),
                    DegradeRuleManager::isValidRule),
            DegradeRuleManager::loadRules);

    /** How much inbound traffic, load or latency the process as a whole takes. */
    public static final SentinelRules<SystemRule> SYSTEM = new SentinelRules<>(
            new RuleFormat<>("system", SystemRule.class, Set.of(), SentinelRules::limitsSomething),
            SystemRuleManager::loadRules);

    /** Which origins may call. */
    public static final SentinelRules<AuthorityRule> AUTHORITY = new SentinelRules<>(
            new RuleFormat<>(
                    "authority",
                    AuthorityRule.class,
                    Set.of("resource", "limitApp"),
                    AuthorityRuleManager::isValidRule),
            AuthorityRuleManager::loadRules);

    private final RuleFormat<R> format;
    private final Consumer<List<R>> target;

    private SentinelRules(RuleFormat<R> format, Consumer<List<R>> target) {
        this.format = format;
        this.target = target;
    }

    /**
     * How many calls with an equal argument may begin in a second, or be under way.
     *
     * @throws RpcException {@code INVALID_CONFIGURATION} without {@code sentinel-parameter-flow-control} on the class path
     */
    public static SentinelRules<ParamFlowRule> paramFlow() {
        if (!Pacing.BY_ARGUMENT) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "param-flow rules need a part of Sentinel that is not there (expected:"
                            + " com.alibaba.csp:sentinel-parameter-flow-control on the class path)");
        }
        return ByArgument.RULES;
    }

    /** A threshold that is not set is negative. Sentinel would drop a load of the processor above 1 without a word. */
    private static boolean limitsSomething(SystemRule rule) {
        boolean limits = rule.getHighestSystemLoad() >= 0
                || rule.getHighestCpuUsage() >= 0
                || rule.getQps() >= 0
                || rule.getAvgRt() >= 0
                || rule.getMaxThread() >= 0;
        return limits && rule.getHighestCpuUsage() <= 1;
    }

    /**
     * Reads a list.
     *
     * @param source where it comes from, for messages
     * @throws RpcException {@code INVALID_CONFIGURATION}
     */
    public List<R> parse(String source, String json) {
        return format.parse(source, json);
    }

    /**
     * Reads a list and puts it in force, in place of all rules of the kind.
     *
     * @param source where it comes from, for messages
     * @throws RpcException {@code INVALID_CONFIGURATION}; nothing is changed then
     */
    public void load(String source, String json) {
        target.accept(parse(source, json));
    }

    /**
     * Reads a file and puts its list in force, in place of all rules of the kind. Blocks.
     *
     * @throws RpcException {@code INVALID_CONFIGURATION}; nothing is changed then
     */
    public void load(Path file) {
        String json;
        try {
            json = Files.readString(file);
        } catch (IOException unreadable) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    format.kind() + " rules of Sentinel: cannot read " + file + " (expected: a file of JSON in UTF-8)",
                    unreadable);
        }
        load(file.toString(), json);
    }

    /** What needs the optional extension; not loaded where it is absent. */
    private static final class ByArgument {
        static final SentinelRules<ParamFlowRule> RULES = new SentinelRules<>(
                new RuleFormat<>(
                        "param-flow",
                        ParamFlowRule.class,
                        Set.of("resource", "paramIdx", "count"),
                        ParamFlowRuleUtil::isValidRule),
                ParamFlowRuleManager::loadRules);
    }
}
