package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.transport.Connection;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * One connect: tries the addresses of a host name in turn until one answers or the time is up. Its steps follow each
 * other; no two run at once.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: failures arrive at exceptionCaught or at a listener.
final class Connector {
    private final Address address;
    private final NettyOptions options;
    private final Bootstrap bootstrap;
    private final @Nullable TlsSockets tls;
    private final Consumer<ClientLink> keeper;
    private final long startNanos = System.nanoTime();
    private final List<String> attempts = new ArrayList<>();
    private final CompletableFuture<Connection> result = new CompletableFuture<>();

    /** Set before the first attempt, where there is TLS. */
    private @Nullable SSLContext context;

    /**
     * @param bootstrap with everything but the handler
     * @param tls null for a connection in the clear
     * @param keeper hears of the link before its connection is given out
     */
    Connector(
            Address address,
            NettyOptions options,
            Bootstrap bootstrap,
            @Nullable TlsSockets tls,
            Consumer<ClientLink> keeper) {
        this.address = address;
        this.options = options;
        this.bootstrap = bootstrap;
        this.tls = tls;
        this.keeper = keeper;
    }

    CompletionStage<Connection> result() {
        return result;
    }

    /** On a thread that may block: asks the name service, and for what TLS needs. */
    void resolveAndConnect() {
        try {
            context = tls == null ? null : tls.context();
            next(List.of(InetAddress.getAllByName(address.host())).iterator());
        } catch (UnknownHostException unknown) {
            fail("the host name is unknown");
        } catch (RuntimeException | Error defect) {
            result.completeExceptionally(RpcException.from(defect).asUnprocessed());
        }
    }

    private void next(Iterator<InetAddress> candidates) {
        long left = options.connectTimeout().toMillis() - elapsedMillis();
        if (!candidates.hasNext() || left <= 0) {
            fail(String.join("; ", attempts));
            return;
        }
        InetSocketAddress candidate = new InetSocketAddress(candidates.next(), address.port());
        CompletableFuture<ClientLink> made = new CompletableFuture<>();
        long began = System.nanoTime();
        ChannelFuture connecting = bootstrap
                .clone()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) left)
                .handler(new ClientInitializer(address, options, Duration.ofMillis(left), this::secure, made))
                .connect(candidate);
        connecting.addListener(done -> {
            if (done.isSuccess()) {
                made.thenAccept(this::awaitHello);
            } else {
                attempts.add(Addresses.text(candidate) + " after "
                        + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) + " ms: "
                        + reason(connecting.cause()));
                next(candidates);
            }
        });
    }

    private void secure(Channel channel) {
        SSLContext with = context;
        if (tls != null && with != null) {
            tls.onClient(channel, with, address);
        }
    }

    private void awaitHello(ClientLink link) {
        keeper.accept(link);
        link.connection().whenComplete((connection, thrown) -> {
            if (connection != null) {
                result.complete(connection);
            } else {
                result.completeExceptionally(thrown);
            }
        });
    }

    private static String reason(Throwable cause) {
        Throwable bare = cause.getCause() == null ? cause : cause.getCause();
        return String.valueOf(bare.getMessage());
    }

    private long elapsedMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    }

    private void fail(String why) {
        result.completeExceptionally(RpcException.unprocessed(
                Code.CONNECT_FAILED,
                address + " could not be reached within " + elapsedMillis() + " ms: " + why
                        + "; is the server running and listening there?"));
    }
}
