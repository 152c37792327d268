package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.Filter;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.filter.RetryPolicy;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.transport.LocalTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One of three providers answers every call at once with a failure; the whole engine stands between. */
class FailingProviderTest {
    private static final int CALLS = 3_000;

    private final LocalTransport transport = new LocalTransport();
    private final AtomicInteger failures = new AtomicInteger();
    private final List<RpcServer> servers = new ArrayList<>();

    @AfterEach
    void close() {
        servers.forEach(RpcServer::close);
        transport.close();
    }

    private RpcServer start(int number, Filter filter) {
        RpcServer server = RpcServer.builder()
                .transport(transport)
                .serializer(new TextSerializer())
                .listen(new Address("failing-provider", number))
                .filter(filter)
                .service(LoadReportTest.Echo.class, text -> text)
                .start();
        servers.add(server);
        return server;
    }

    @ParameterizedTest
    @EnumSource(
            value = Code.class,
            names = {"OVERLOADED", "INTERNAL"})
    void attractsNoCalls(Code code) {
        Filter failing = (request, next) -> {
            failures.incrementAndGet();
            return CompletableFuture.failedFuture(RpcException.of(code, "as ever"));
        };
        Address[] addresses = IntStream.range(0, 3)
                .mapToObj(i -> start(i + 1, i == 0 ? failing : (request, next) -> next.invoke(request)))
                .map(RpcServer::address)
                .toArray(Address[]::new);
        try (RpcClient client = RpcClient.builder()
                .transport(transport)
                .serializer(new TextSerializer())
                .addresses(addresses)
                .retry(RetryPolicy.NONE)
                .build()) {
            LoadReportTest.Echo echo = client.proxy(LoadReportTest.Echo.class);
            int failed = 0;
            for (int i = 0; i < CALLS; i++) {
                try {
                    assertThat(echo.echo("text")).isEqualTo("text");
                } catch (RpcException expected) {
                    assertThat(expected.code()).isEqualTo(code);
                    failed++;
                }
            }
            assertThat(failures.get()).isEqualTo(failed).isLessThan(CALLS / 50);
        }
    }
}
