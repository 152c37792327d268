package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.Address;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.balance.Node;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.filter.LoadReportFilter;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.transport.LocalTransport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class LoadReportTest {
    /** Public, for the proxy. */
    public interface Echo {
        String echo(String text);
    }

    @Test
    void whatTheServerReportsReachesTheNode() {
        Address address = new Address("load-report", 1);
        List<Node> seen = new CopyOnWriteArrayList<>();
        LoadBalancer first = nodes -> {
            seen.addAll(nodes);
            return request -> nodes.get(0);
        };
        try (LocalTransport transport = new LocalTransport();
                RpcServer server = RpcServer.builder()
                        .transport(transport)
                        .serializer(new TextSerializer())
                        .listen(address)
                        .filter(LoadReportFilter.of(() -> 0.42))
                        .service(Echo.class, text -> text)
                        .start();
                RpcClient client = RpcClient.builder()
                        .transport(transport)
                        .serializer(new TextSerializer())
                        .addresses(server.address())
                        .loadBalancer(first)
                        .build()) {
            assertThat(client.proxy(Echo.class).echo("text")).isEqualTo("text");
            assertThat(seen.get(0).reportedLoad()).isEqualTo(0.42);
        }
    }
}
