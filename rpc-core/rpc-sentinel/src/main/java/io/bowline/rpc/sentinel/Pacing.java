package io.bowline.rpc.sentinel;

import com.alibaba.csp.sentinel.slots.block.RuleConstant;
import com.alibaba.csp.sentinel.slots.block.flow.FlowRule;
import com.alibaba.csp.sentinel.slots.block.flow.FlowRuleManager;
import com.alibaba.csp.sentinel.slots.block.flow.param.ParamFlowRule;
import com.alibaba.csp.sentinel.slots.block.flow.param.ParamFlowRuleManager;
import java.util.List;
import java.util.regex.Pattern;

/** Whether Sentinel may let a call wait. Asked on I/O threads only: it looks through the rules. */
final class Pacing {
    /** Whether the optional extension is there. */
    static final boolean BY_ARGUMENT = present();

    private Pacing() {}

    static boolean mayWait(Resource resource) {
        return mayWait(resource.service()) || mayWait(resource.name());
    }

    private static boolean mayWait(String resource) {
        if (BY_ARGUMENT && ByArgument.mayWait(resource)) {
            return true;
        }
        return FlowRuleManager.hasConfig(resource)
                && FlowRuleManager.getRules().stream().anyMatch(rule -> paces(rule) && concerns(rule, resource));
    }

    private static boolean paces(FlowRule rule) {
        return rule.getGrade() == RuleConstant.FLOW_GRADE_QPS
                && paces(rule.getControlBehavior(), rule.getMaxQueueingTimeMs());
    }

    private static boolean paces(int behaviour, int queueingMillis) {
        return queueingMillis > 0
                && (behaviour == RuleConstant.CONTROL_BEHAVIOR_RATE_LIMITER
                        || behaviour == RuleConstant.CONTROL_BEHAVIOR_WARM_UP_RATE_LIMITER);
    }

    private static boolean concerns(FlowRule rule, String resource) {
        return rule.isRegex()
                ? Pattern.matches(rule.getResource(), resource)
                : rule.getResource().equals(resource);
    }

    private static boolean present() {
        try {
            Class.forName("com.alibaba.csp.sentinel.slots.block.flow.param.ParamFlowRule");
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    /** What needs the optional extension; not loaded where it is absent. */
    private static final class ByArgument {
        static boolean mayWait(String resource) {
            List<ParamFlowRule> rules = ParamFlowRuleManager.getRulesOfResource(resource);
            return rules != null
                    && rules.stream().anyMatch(rule -> paces(rule.getControlBehavior(), rule.getMaxQueueingTimeMs()));
        }
    }
}
