package io.bowline.rpc.sentinel;

import com.alibaba.csp.sentinel.slots.block.AbstractRule;
import com.alibaba.csp.sentinel.slots.block.BlockException;
import com.alibaba.csp.sentinel.slots.block.RuleConstant;
import com.alibaba.csp.sentinel.slots.block.authority.AuthorityException;
import com.alibaba.csp.sentinel.slots.block.degrade.DegradeException;
import com.alibaba.csp.sentinel.slots.block.degrade.DegradeRule;
import com.alibaba.csp.sentinel.slots.block.flow.FlowException;
import com.alibaba.csp.sentinel.slots.block.flow.FlowRule;
import com.alibaba.csp.sentinel.slots.system.SystemBlockException;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import org.jspecify.annotations.Nullable;

/**
 * What a rule kept out, as the one failure of a call. The exception of Sentinel is not its cause: that of a param-flow rule
 * has the argument's value for its message.
 */
final class Refusal {
    private Refusal() {}

    static RpcException of(RpcMethod method, BlockException kept) {
        Code code = kept instanceof AuthorityException ? Code.PERMISSION_DENIED : Code.OVERLOADED;
        return RpcException.unprocessed(
                code, method + " was kept out by " + why(kept) + " (Sentinel); it was not begun");
    }

    private static String why(BlockException kept) {
        AbstractRule rule = kept.getRule();
        if (kept instanceof SystemBlockException system) {
            return "the system rule of " + system.getLimitType();
        }
        if (kept instanceof FlowException) {
            return "a flow rule" + of(rule) + (rule instanceof FlowRule flow ? ", " + limit(flow) : "");
        }
        if (kept instanceof DegradeException) {
            return "a degrade rule" + of(rule) + (rule instanceof DegradeRule degrade ? ", " + opening(degrade) : "");
        }
        if (kept instanceof AuthorityException) {
            return "an authority rule" + of(rule);
        }
        return kept.getClass().getSimpleName().equals("ParamFlowException")
                ? "a param-flow rule" + of(rule)
                : "a rule that throws " + kept.getClass().getName() + of(rule);
    }

    private static String of(@Nullable AbstractRule rule) {
        return rule == null ? "" : " of " + rule.getResource() + " for " + rule.getLimitApp();
    }

    private static String limit(FlowRule rule) {
        return rule.getCount()
                + (rule.getGrade() == RuleConstant.FLOW_GRADE_THREAD ? " calls at once" : " calls a second");
    }

    private static String opening(DegradeRule rule) {
        String what = switch (rule.getGrade()) {
            case RuleConstant.DEGRADE_GRADE_RT -> "of calls slower than " + rule.getCount() + " ms";
            case RuleConstant.DEGRADE_GRADE_EXCEPTION_RATIO -> "of a failure rate above " + rule.getCount();
            default -> "more than " + rule.getCount() + " calls failed";
        };
        return "open for " + rule.getTimeWindow() + " s since " + what;
    }
}
