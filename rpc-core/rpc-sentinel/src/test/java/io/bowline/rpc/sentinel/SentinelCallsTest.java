package io.bowline.rpc.sentinel;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.csp.sentinel.context.Context;
import com.alibaba.csp.sentinel.context.ContextUtil;
import com.alibaba.csp.sentinel.slots.block.RuleConstant;
import com.alibaba.csp.sentinel.slots.block.flow.FlowRule;
import com.alibaba.csp.sentinel.slots.block.flow.FlowRuleManager;
import com.alibaba.csp.sentinel.slots.block.flow.param.ParamFlowRule;
import com.alibaba.csp.sentinel.slots.block.flow.param.ParamFlowRuleManager;
import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.transport.IoThread;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Threads, contexts and names, without a network. */
class SentinelCallsTest {
    private static final String RESOURCE = "demo.Paced:find(java.lang.String)";
    private static final RpcMethod METHOD = RpcMethod.builder(
                    new ServiceName("demo.Paced", "1.2", "blue"), "find(java.lang.String)")
            .build();

    private final Cancellation cancellation = new Cancellation();
    private final Request request = new Request(
            METHOD,
            new Object[] {"tea"},
            Metadata.EMPTY,
            Deadline.after(Duration.ofSeconds(3), System.nanoTime(), "test"),
            cancellation,
            "");
    private final AtomicInteger begun = new AtomicInteger();
    private final Invoker service = r -> {
        begun.incrementAndGet();
        return CompletableFuture.completedFuture(Response.of("tea"));
    };

    @AfterEach
    void forget() {
        World.forgetRules();
        ContextUtil.exit();
    }

    /** A thread that must not wait. */
    private static final class Io extends Thread implements IoThread {
        Io(Runnable task) {
            super(task);
        }
    }

    private static RpcException onIo(Invoker calls, Request request) throws InterruptedException {
        AtomicReference<CompletionStage<Response>> call = new AtomicReference<>();
        Thread io = new Io(() -> call.set(calls.invoke(request)));
        io.start();
        io.join();
        return call.get()
                .handle((response, thrown) -> thrown == null ? null : RpcException.from(thrown))
                .toCompletableFuture()
                .join();
    }

    private static FlowRule paced(String resource) {
        return new FlowRule(resource)
                .setCount(1_000)
                .setControlBehavior(RuleConstant.CONTROL_BEHAVIOR_RATE_LIMITER)
                .setMaxQueueingTimeMs(60_000);
    }

    @Test
    void aRuleThatPacesDoesNotBlockAnIoThread() throws InterruptedException {
        Invoker calls = SentinelFilter.server().before(service);
        FlowRuleManager.loadRules(List.of(paced(RESOURCE)));
        assertThat(onIo(calls, request).code()).isEqualTo(Code.BLOCKING_CALL);
        assertThat(begun).hasValue(0);
        assertThat(calls.invoke(request)).isCompleted();
        assertThat(begun).hasValue(1);
    }

    @Test
    void aRuleThatPacesByArgumentDoesNotEither() throws InterruptedException {
        ParamFlowRule rule = new ParamFlowRule("demo.Paced").setParamIdx(0).setCount(1_000);
        rule.setControlBehavior(RuleConstant.CONTROL_BEHAVIOR_RATE_LIMITER).setMaxQueueingTimeMs(60_000);
        ParamFlowRuleManager.loadRules(List.of(rule));
        assertThat(onIo(SentinelFilter.server().before(service), request).code())
                .isEqualTo(Code.BLOCKING_CALL);
    }

    @Test
    void rulesThatDoNotWaitAreAskedOnAnIoThread() throws InterruptedException {
        FlowRule ofOthers = paced("demo.Other");
        FlowRule plain = new FlowRule(RESOURCE).setCount(1_000_000);
        FlowRuleManager.loadRules(List.of(ofOthers, plain));
        assertThat(onIo(SentinelFilter.server().before(service), request)).isNull();
        assertThat(begun).hasValue(1);
    }

    @Test
    void aCallThatWasCancelledWhileItWaitedIsNotBegun() {
        cancellation.cancel();
        RpcException failure = SentinelFilter.server()
                .before(service)
                .invoke(request)
                .handle((response, thrown) -> RpcException.from(thrown))
                .toCompletableFuture()
                .join();
        assertThat(failure.code()).isEqualTo(Code.CANCELLED);
        assertThat(failure.unprocessed()).isTrue();
        assertThat(begun).hasValue(0);
        assertThat(World.underWay(RESOURCE)).isZero();
    }

    @Test
    void noContextIsLeftOnTheThread() {
        SentinelFilter.client().before(service).invoke(request);
        assertThat(ContextUtil.getContext()).isNull();
        SentinelFilter.server().before(service).invoke(request);
        assertThat(ContextUtil.getContext()).isNull();
        FlowRuleManager.loadRules(List.of(new FlowRule(RESOURCE).setCount(0)));
        assertThat(SentinelFilter.client().before(service).invoke(request)).isCompletedExceptionally();
        assertThat(ContextUtil.getContext()).isNull();
    }

    @Test
    void theUsersContextStays() {
        Context users = ContextUtil.enter("web", "browser");
        SentinelFilter.client().before(service).invoke(request);
        SentinelFilter.server().before(service).invoke(request);
        assertThat(ContextUtil.getContext()).isSameAs(users);
    }

    @Test
    void whatThrowsInsteadOfFailingLeavesToo() {
        CompletionStage<Response> call = SentinelFilter.client()
                .before(r -> {
                    throw new IllegalStateException("no stage");
                })
                .invoke(request);
        assertThat(call).isCompletedExceptionally();
        assertThat(World.underWay(RESOURCE)).isZero();
        assertThat(World.underWay("demo.Paced")).isZero();
    }

    @Test
    void namesAreThoseOfTheAdapterForDubbo() {
        RpcMethod arrays = RpcMethod.builder(
                        new ServiceName("demo.Greeter", "1.2", "blue"), "find(long,int[],java.lang.String[][])")
                .build();
        RpcMethod bare =
                RpcMethod.builder(ServiceName.of("demo.Greeter"), "find()").build();
        RpcMethod generic =
                RpcMethod.builder(ServiceName.of("demo.Greeter"), "find/1").build();
        assertThat(ResourceNames.DUBBO.service(arrays)).isEqualTo("demo.Greeter");
        assertThat(ResourceNames.DUBBO.method(arrays)).isEqualTo("demo.Greeter:find(long,[I,[[Ljava.lang.String;)");
        assertThat(ResourceNames.DUBBO.method(bare)).isEqualTo("demo.Greeter:find()");
        assertThat(ResourceNames.DUBBO.method(generic)).isEqualTo("demo.Greeter:find/1");
        assertThat(ResourceNames.DUBBO_VERSIONED.service(arrays)).isEqualTo("demo.Greeter:1.2:blue");
        assertThat(ResourceNames.DUBBO_VERSIONED.method(bare)).isEqualTo("demo.Greeter:::find()");
        assertThat(ResourceNames.DUBBO.prefixed("to:").method(bare)).isEqualTo("to:demo.Greeter:find()");
    }

    @Test
    void callersCannotMakeSentinelKeepNamesWithoutEnd() {
        Origins origins = new Origins();
        List<String> told = IntStream.range(0, 1_000)
                .mapToObj(i -> origins.bounded("caller " + i))
                .distinct()
                .toList();
        assertThat(told).hasSize(Origins.MOST + 1).contains("caller 0", Origins.OTHERS);
        assertThat(origins.bounded("caller 0")).isEqualTo("caller 0");
        assertThat(new Origins().bounded("x".repeat(Origins.LONGEST + 1))).isEqualTo(Origins.OTHERS);
        assertThat(origins.bounded("")).isEmpty();
    }
}
