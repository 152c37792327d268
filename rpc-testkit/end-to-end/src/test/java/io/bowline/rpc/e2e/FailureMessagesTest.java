package io.bowline.rpc.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.CallContext;
import io.bowline.rpc.Code;
import io.bowline.rpc.NonBlocking;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.filter.RetryPolicy;
import io.bowline.rpc.serialization.json.JsonSerializer;
import io.bowline.rpc.serialization.protostuff.ProtostuffSerializer;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.server.RpcServerBuilder;
import io.bowline.rpc.transport.netty.NettyTransport;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each error message with its code: what, where, why, and what to do. */
class FailureMessagesTest {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final NettyTransport transport = keep(new NettyTransport());

    interface Echo {
        String echo(String text);
    }

    @AfterEach
    void stop() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        open.push(part);
        return part;
    }

    private RpcServerBuilder server() {
        return RpcServer.builder()
                .listen(new Address("127.0.0.1", 0))
                .application("echo-app")
                .drainGrace(Duration.ofMillis(200))
                .transport(transport);
    }

    private Echo client(Address address) {
        return keep(RpcClient.builder()
                        .addresses(address)
                        .transport(transport)
                        .retry(RetryPolicy.NONE)
                        .build())
                .proxy(Echo.class);
    }

    private static RpcException failure(Code code, ThrowingCallable call) {
        RpcException failure = catchThrowableOfType(RpcException.class, call);
        assertThat(failure).as(code.label()).isNotNull();
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.getMessage()).startsWith(code.label() + " ").doesNotContain("\n");
        return failure;
    }

    @Test
    void noUsableProviderSaysWhyEachIsNot() throws Exception {
        int free;
        try (ServerSocket probe = new ServerSocket(0)) {
            free = probe.getLocalPort();
        }
        Echo echo = client(new Address("127.0.0.1", free));
        RpcException failure = failure(Code.NO_USABLE_PROVIDER, () -> echo.echo("x"));
        assertThat(failure.unprocessed()).isTrue();
        assertThat(failure)
                .hasMessageContaining("1 known of " + Echo.class.getName())
                .hasMessageContaining("127.0.0.1:" + free + " down: RPC-CONNECT-FAILED");
    }

    @Test
    void aProviderThatDiesMidCallLeavesTheOutcomeUnknown() {
        CompletableFuture<Void> entered = new CompletableFuture<>();
        CompletableFuture<String> never = new CompletableFuture<>();
        RpcServer server = keep(server().service(Echo.class, text -> {
                    entered.complete(null);
                    return never.join();
                })
                .start());
        Echo echo = client(server.address());
        CompletableFuture<Throwable> outcome = CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(RpcException.class, () -> echo.echo("x")), task -> new Thread(task).start());
        entered.join();
        server.stop(Duration.ZERO);
        RpcException failure = (RpcException) outcome.join();
        never.complete("late");
        assertThat(failure.code()).isEqualTo(Code.CONNECTION_LOST);
        assertThat(failure.unprocessed()).isFalse();
    }

    @Test
    void aSerializerThatTheProviderDoesNotAcceptIsNamedWithThoseItAccepts() {
        RpcServer server = keep(server().serializer(ProtostuffSerializer.create())
                .service(Echo.class, text -> text)
                .start());
        Echo echo = keep(RpcClient.builder()
                        .addresses(server.address())
                        .transport(transport)
                        .serializer(JsonSerializer.create())
                        .build())
                .proxy(Echo.class);
        RpcException failure = failure(Code.SERIALIZER_NOT_ACCEPTED, () -> echo.echo("x"));
        assertThat(failure.unprocessed()).isTrue();
        assertThat(failure).hasMessageContaining("json").hasMessageContaining("protostuff");
    }

    record Quote(Optional<Owner> owner) {}

    record Owner(Thread thread) {}

    interface Quotes {
        Quote quote();
    }

    @Test
    void aTypeThatCannotTravelIsRefusedAtStartWithItsPath() {
        RpcException atServer = failure(
                Code.NOT_SERIALIZABLE,
                () -> server().service(Quotes.class, () -> new Quote(null)).start());
        assertThat(atServer)
                .hasMessageContaining("Quotes.quote() result")
                .hasMessageContaining("owner")
                .hasMessageContaining("java.lang.Thread");
        RpcClient client = keep(RpcClient.builder()
                .addresses(new Address("127.0.0.1", 1))
                .transport(transport)
                .lazy(true)
                .build());
        failure(Code.NOT_SERIALIZABLE, () -> client.proxy(Quotes.class));
    }

    @Test
    void anOverloadedProviderSaysWhichLimitAndThatTheCallWasNotBegun() {
        CompletableFuture<String> gate = new CompletableFuture<>();
        CompletableFuture<Void> entered = new CompletableFuture<>();
        RpcServer server = keep(server().maxConcurrentCalls(1)
                .service(Echo.class, text -> {
                    entered.complete(null);
                    return gate.join();
                })
                .start());
        Echo echo = client(server.address());
        Thread first = new Thread(() -> echo.echo("first"));
        first.start();
        entered.join();
        RpcException failure = failure(Code.OVERLOADED, () -> echo.echo("second"));
        gate.complete("done");
        assertThat(failure.unprocessed()).isTrue();
        assertThat(failure).hasMessageContaining("echo-app runs 1 calls").hasMessageContaining("maxConcurrentCalls");
    }

    interface Later {
        CompletableFuture<String> later(String text);
    }

    @Test
    void anAsynchronousCallThatNobodyWaitsForGivesItsPlaceBack() throws Exception {
        RpcServer server = keep(server().maxConcurrentCalls(1)
                .service(
                        Later.class,
                        text -> text.equals("never")
                                ? new CompletableFuture<>()
                                : CompletableFuture.completedFuture(text))
                .start());
        Later later = keep(RpcClient.builder()
                        .addresses(server.address())
                        .transport(transport)
                        .build())
                .proxy(Later.class);
        CompletableFuture<String> never = later.later("never");
        await().untilAsserted(
                        () -> assertThatThrownBy(() -> later.later("x").get()).hasMessageContaining("OVERLOADED"));
        never.cancel(true);
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(later.later("y").get()).isEqualTo("y"));
    }

    @Test
    void twoImplementationsOfOneServiceAreRefused() {
        assertThat(failure(
                        Code.DUPLICATE_SERVICE,
                        () -> server().service(Echo.class, text -> text)
                                .service(Echo.class, text -> "other")
                                .start()))
                .hasMessageContaining("two implementations of " + Echo.class.getName())
                .hasMessageContaining("version or a group");
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            assertThat(failure(
                            Code.PORT_IN_USE,
                            () -> RpcServer.builder()
                                    .listen(new Address("127.0.0.1", taken.getLocalPort()))
                                    .transport(transport)
                                    .service(Echo.class, text -> text)
                                    .start()))
                    .hasMessageContaining(String.valueOf(taken.getLocalPort()));
        }
    }

    @NonBlocking
    static final class Nested implements Echo {
        private final Echo inner;

        Nested(Echo inner) {
            this.inner = inner;
        }

        @Override
        public String echo(String text) {
            return inner.echo(text);
        }
    }

    @Test
    void aBlockingCallOnAnIoThreadFailsInsteadOfStallingIt() {
        RpcServer inner = keep(server().service(Echo.class, text -> text).start());
        RpcServer outer = keep(server().service(Echo.class, new Nested(client(inner.address())))
                .start());
        Echo echo = client(outer.address());
        assertThatThrownBy(() -> echo.echo("x"))
                .hasMessageContaining("RPC-BLOCKING-CALL")
                .hasMessageContaining("@NonBlocking");
    }

    @Test
    void nonBlockingMethodsRunOnTheIoThreadAndOthersDoNot() {
        class Here implements Echo {
            @Override
            @NonBlocking
            public String echo(String text) {
                return Thread.currentThread().getName();
            }
        }
        RpcServer server = keep(server().service(Echo.class, new Here()).start());
        RpcServer other =
                keep(server().service(Echo.class, text -> Thread.currentThread().getName())
                        .start());
        assertThat(client(server.address()).echo("x")).startsWith("bowline-io");
        assertThat(client(other.address()).echo("x")).startsWith("bowline-handler-");
    }

    @Test
    void aPayloadOverTheLimitIsRefusedBeforeItIsSentOrBuffered() {
        NettyTransport small =
                keep(NettyTransport.builder().maxMessage(64 * 1024).build());
        RpcServer server = keep(RpcServer.builder()
                .listen(new Address("127.0.0.1", 0))
                .transport(small)
                .service(Echo.class, text -> "y".repeat(200_000))
                .start());
        Echo echo = client(server.address());
        RpcException sent = failure(Code.PAYLOAD_TOO_LARGE, () -> echo.echo("x".repeat(100_000)));
        assertThat(sent).hasMessageContaining("65536");
        failure(Code.PAYLOAD_TOO_LARGE, () -> echo.echo("small"));
    }

    @Test
    void settingsThatCannotBeUsedAreRefusedWithWhatIsExpected() {
        RpcClient client = keep(RpcClient.builder()
                .addresses(new Address("127.0.0.1", 1))
                .transport(transport)
                .lazy(true)
                .build());
        assertThat(failure(
                        Code.INVALID_CONFIGURATION,
                        () -> client.proxy(Echo.class, o -> o.method("ecco", m -> m.idempotent(true)))))
                .hasMessageContaining("ecco")
                .hasMessageContaining("echo(java.lang.String)");
        failure(Code.INVALID_CONFIGURATION, () -> RpcServer.builder().start());
        failure(Code.INVALID_CONFIGURATION, () -> RpcClient.builder().build());
        assertThat(failure(Code.INVALID_CONFIGURATION, () -> RpcClient.connect("zookeper://localhost:1")))
                .hasMessageContaining("zookeper");
        client.close();
        failure(Code.CLOSED, () -> client.proxy(Echo.class));
    }

    @Test
    void badArgumentsAreRefusedBeforeTheServiceSeesThem() {
        List<String> seen = new java.util.concurrent.CopyOnWriteArrayList<>();
        RpcServer server = keep(server().service(Echo.class, text -> {
                    seen.add(text);
                    return text;
                })
                .start());
        RpcClient generic = keep(RpcClient.builder()
                .addresses(server.address())
                .transport(transport)
                .build());
        RpcException failure = failure(
                Code.MALFORMED_DATA, () -> generic.generic(Echo.class.getName()).call("echo", List.of(1, 2)));
        assertThat(failure).hasMessageContaining("cannot read the arguments of " + Echo.class.getName());
        assertThat(failure.unprocessed()).isTrue();
        assertThat(seen).isEmpty();
    }

    @Test
    void aClosedClientFailsItsCalls() {
        RpcServer server = keep(server().service(Echo.class, text -> text).start());
        RpcClient client = RpcClient.builder()
                .addresses(server.address())
                .transport(transport)
                .build();
        Echo echo = client.proxy(Echo.class);
        assertThat(echo.echo("x")).isEqualTo("x");
        client.close();
        await().untilAsserted(() -> failure(Code.CLOSED, () -> echo.echo("x")));
    }

    @Test
    void labelsOfTheCallReachTheService() {
        RpcServer server = keep(server().service(
                        Echo.class,
                        text -> CallContext.current().incoming().get(text)
                                + CallContext.current().peer())
                .start());
        Echo echo = client(server.address());
        assertThat(CallContext.NONE.sending("tenant", "blue").call(() -> echo.echo("tenant")))
                .startsWith("blue127.0.0.1:");
    }
}
