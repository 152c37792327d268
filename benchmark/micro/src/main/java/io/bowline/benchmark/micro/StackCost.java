package io.bowline.benchmark.micro;

import io.bowline.benchmark.kit.UserService;
import io.bowline.benchmark.kit.Users;
import io.bowline.rpc.Address;
import io.bowline.rpc.CallListener;
import io.bowline.rpc.CallReport;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.balance.Node;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.client.RpcClientBuilder;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What stands on the client between a caller and the connection, with everything at its default, over connections that answer
 * at once: a call through the proxy, and one that is given to a provider's invoker. The difference is the stack.
 */
@SuppressWarnings("NullAway.Init") // JMH calls setUp
@State(Scope.Thread)
public class StackCost {
    /** Who hears of calls: nobody, as by default; somebody of failures, of which there are none; somebody of all. */
    @Param({"nobody", "failures", "all"})
    public String reports;

    private final Request request = Contract.existUser();
    private RpcClient client;
    private UserService users;
    private Node node;
    private volatile @Nullable CallReport last;

    @Setup
    public void setUp() {
        RpcClientBuilder builder = RpcClient.builder()
                .transport(new InstantTransport(Contract.codecs("protostuff").result(request.method()), true))
                .addresses(new Address("one", 1), new Address("two", 1), new Address("three", 1))
                .loadBalancer(new Catching(LoadBalancer.peakEwma()));
        if (!reports.equals("nobody")) {
            builder.listener(CallListener.sampling(reports.equals("all") ? 1 : 0, report -> last = report));
        }
        client = builder.build();
        users = client.proxy(UserService.class);
        users.existUser(Users.EMAIL);
    }

    @TearDown
    public void tearDown() {
        client.close();
    }

    @Benchmark
    public boolean stack() {
        return users.existUser(Users.EMAIL);
    }

    @Benchmark
    public CompletionStage<Response> bare() {
        return node.invoke(request);
    }

    /** Keeps a provider's invoker. */
    private final class Catching implements LoadBalancer {
        private final LoadBalancer within;

        Catching(LoadBalancer within) {
            this.within = within;
        }

        @Override
        public Picker over(List<? extends Node> nodes) {
            return over(nodes, null);
        }

        @Override
        public Picker over(List<? extends Node> nodes, @Nullable Picker before) {
            node = nodes.get(0);
            return within.over(nodes, before);
        }
    }
}
