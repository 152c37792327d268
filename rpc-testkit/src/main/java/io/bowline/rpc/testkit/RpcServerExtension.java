package io.bowline.rpc.testkit;

import io.bowline.rpc.Address;
import io.bowline.rpc.Plugins;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.client.RpcClientBuilder;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.server.RpcServerBuilder;
import io.bowline.rpc.transport.LocalTransport;
import io.bowline.rpc.transport.Transport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real server and a client of it in one line of a JUnit 5 test:
 *
 * <pre>{@code
 * @RegisterExtension
 * static RpcServerExtension server = RpcServerExtension.of(Greeter.class, new GreeterImpl());
 *
 * @Test
 * void greets() {
 *     assertThat(server.proxy(Greeter.class).hello("World")).isEqualTo("hello World");
 * }
 * }</pre>
 *
 * <p>In a static field they live as long as the tests of the class, else as long as one test. The server listens on a
 * free port of the loopback interface, by the transport on the class path or, where there is none, within the process;
 * client and server use the serializers on the class path. For bad networks, put a {@link FaultProxy} before {@link
 * #address()}. Thread-safe.
 */
public final class RpcServerExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final Address LOOPBACK = new Address("127.0.0.1", 0);

    private final UnaryOperator<RpcServerBuilder> serverOptions;
    private final UnaryOperator<RpcClientBuilder> clientOptions;

    /** Guarded by this, as all below. How many callbacks ask for the server: a class, its nested ones, a test. */
    private int users;

    private @Nullable LocalTransport local;
    private @Nullable RpcServer server;
    private @Nullable RpcClient client;

    private RpcServerExtension(
            UnaryOperator<RpcServerBuilder> serverOptions, UnaryOperator<RpcClientBuilder> clientOptions) {
        this.serverOptions = serverOptions;
        this.clientOptions = clientOptions;
    }

    /** A server of one service. */
    public static <T> RpcServerExtension of(Class<T> contract, T service) {
        return of(builder -> builder.service(contract, service));
    }

    /** A server as the test builds it; address and transport are set before and may be set otherwise. */
    public static RpcServerExtension of(UnaryOperator<RpcServerBuilder> server) {
        return new RpcServerExtension(server, UnaryOperator.identity());
    }

    /** The same, with a client as the test builds it; address and transport are set before. */
    public RpcServerExtension withClient(UnaryOperator<RpcClientBuilder> client) {
        return new RpcServerExtension(serverOptions, client);
    }

    /** Where the server listens. */
    public synchronized Address address() {
        return running(server).address();
    }

    /** The client of the server. */
    public synchronized RpcClient client() {
        return running(client);
    }

    /** A proxy of one of the server's services. */
    public <T> T proxy(Class<T> contract) {
        return client().proxy(contract);
    }

    private static <T> T running(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException(
                    "the server runs only during a test (is the field's @RegisterExtension missing?)");
        }
        return part;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        begin();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        begin();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        end();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        end();
    }

    private synchronized void begin() {
        if (users++ > 0) {
            return;
        }
        RpcServerBuilder serverBuilder = RpcServer.builder().listen(LOOPBACK);
        RpcClientBuilder clientBuilder = RpcClient.builder();
        if (Plugins.load(Transport.class, Transport::name).all().isEmpty()) {
            LocalTransport inProcess = new LocalTransport();
            local = inProcess;
            serverBuilder.transport(inProcess);
            clientBuilder.transport(inProcess);
        }
        RpcServer started = serverOptions.apply(serverBuilder).start();
        server = started;
        client = clientOptions.apply(clientBuilder.addresses(started.address())).build();
    }

    private synchronized void end() {
        if (--users > 0) {
            return;
        }
        RpcClient endingClient = client;
        RpcServer endingServer = server;
        LocalTransport endingTransport = local;
        client = null;
        server = null;
        local = null;
        // The client goes first, since a server waits for its clients. Null stands for what a failed start did not
        // reach.
        close(endingClient, () -> close(endingServer, () -> close(endingTransport, () -> {})));
    }

    private static void close(@Nullable AutoCloseable part, Runnable next) {
        try {
            if (part != null) {
                part.close();
            }
        } catch (Exception broken) {
            throw new IllegalStateException("closing " + part + " failed", broken);
        } finally {
            next.run();
        }
    }
}
