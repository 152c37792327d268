package io.bowline.rpc.sentinel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.alibaba.csp.sentinel.EntryType;
import com.alibaba.csp.sentinel.context.Context;
import com.alibaba.csp.sentinel.context.ContextUtil;
import com.alibaba.csp.sentinel.slots.block.authority.AuthorityRuleManager;
import com.alibaba.csp.sentinel.slots.block.degrade.DegradeRuleManager;
import com.alibaba.csp.sentinel.slots.block.flow.FlowRuleManager;
import com.alibaba.csp.sentinel.slots.block.flow.param.ParamFlowRuleManager;
import com.alibaba.csp.sentinel.slots.clusterbuilder.ClusterBuilderSlot;
import com.alibaba.csp.sentinel.slots.system.SystemRuleManager;
import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.Filter;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.client.RpcClientBuilder;
import io.bowline.rpc.filter.RetryPolicy;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.server.RpcServerBuilder;
import io.bowline.rpc.transport.LocalTransport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Providers and a client of them, in one process, which has one Sentinel. */
final class World {
    static final String SERVICE = Shop.class.getName();
    static final String BUY = SERVICE + ":buy(java.lang.String)";
    static final String ORDER = SERVICE + ":order(java.lang.String)";

    /** The contract of these tests. */
    public interface Shop {
        String buy(String what);

        CompletableFuture<String> order(String what);
    }

    /** What a service throws that is in good health. */
    public static final class SoldOut extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Calls that reached a provider, whatever it made of them. */
    final AtomicInteger arrived = new AtomicInteger();

    /** Orders under way, for the test to end. */
    final BlockingQueue<CompletableFuture<String>> orders = new LinkedBlockingQueue<>();

    /** While set, providers are in trouble of this kind. */
    volatile Code trouble;

    /** The context of Sentinel in which the last call ran, as {@code name of origin}. */
    volatile String context = "";

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final LocalTransport transport = keep(new LocalTransport());

    private final class Counter implements Shop {
        @Override
        public String buy(String what) {
            Context here = ContextUtil.getContext();
            context = here == null ? "" : here.getName() + " of " + here.getOrigin();
            if (what.equals("the moon")) {
                throw new SoldOut();
            }
            return what;
        }

        @Override
        public CompletableFuture<String> order(String what) {
            CompletableFuture<String> order = new CompletableFuture<>();
            orders.add(order);
            return order;
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        open.push(part);
        return part;
    }

    void close() throws Exception {
        forgetRules();
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    static void forgetRules() {
        FlowRuleManager.loadRules(List.of());
        DegradeRuleManager.loadRules(List.of());
        SystemRuleManager.loadRules(List.of());
        AuthorityRuleManager.loadRules(List.of());
        ParamFlowRuleManager.loadRules(List.of());
    }

    Address provider(UnaryOperator<RpcServerBuilder> options) {
        Filter sick = (request, next) -> {
            arrived.incrementAndGet();
            Code now = trouble;
            return now == null
                    ? next.invoke(request)
                    : CompletableFuture.failedFuture(RpcException.of(now, "a provider in trouble"));
        };
        RpcServerBuilder builder = RpcServer.builder()
                .listen(new Address("localhost", 0))
                .transport(transport)
                .drainGrace(Duration.ZERO)
                .service(Shop.class, new Counter());
        return keep(options.apply(builder).filter(sick).start()).address();
    }

    /** A client that tries each call once, unless it is set otherwise. */
    RpcClient client(UnaryOperator<RpcClientBuilder> options, Address... providers) {
        return keep(options.apply(RpcClient.builder()
                        .addresses(providers)
                        .transport(transport)
                        .retry(RetryPolicy.NONE))
                .build());
    }

    /** A shop of one provider, with the filter as a client's guard or as a server's filter. */
    Shop shop(SentinelFilter filter) {
        return filter.side() == EntryType.OUT
                ? client(client -> client.guard(filter), provider(server -> server))
                        .proxy(Shop.class)
                : client(client -> client, provider(server -> server.filter(filter)))
                        .proxy(Shop.class);
    }

    /** The next order that reached a provider. */
    CompletableFuture<String> order() throws InterruptedException {
        CompletableFuture<String> order = orders.poll(20, TimeUnit.SECONDS);
        assertThat(order).as("an order reached a provider").isNotNull();
        return order;
    }

    /** Calls that Sentinel believes to be under way. */
    static int underWay(String resource) {
        return ClusterBuilderSlot.getClusterNode(resource).curThreadNum();
    }

    static RpcException refused(Code code, Runnable call) {
        RpcException refusal = catchThrowableOfType(RpcException.class, call::run);
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.unprocessed()).isTrue();
        assertThat(refusal).hasMessageContaining(SERVICE).hasMessageContaining("(Sentinel); it was not begun");
        return refusal;
    }

    static Code code(Runnable call) {
        return catchThrowableOfType(RpcException.class, call::run).code();
    }

    static void join(CompletableFuture<?> call) {
        try {
            call.join();
        } catch (CompletionException failed) {
            throw RpcException.from(failed);
        }
    }
}
