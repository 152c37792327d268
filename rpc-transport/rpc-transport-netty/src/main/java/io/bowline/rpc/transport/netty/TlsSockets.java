package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.security.Principal;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Puts TLS on the sockets of one transport. What a handshake costs (signatures, key exchange, the check of certificates)
 * is computed on two threads of its own: it takes milliseconds, and I/O threads have other connections to serve.
 */
final class TlsSockets {
    private static final int GOODBYE_MILLIS = 500;
    private static final int THREADS = 2;

    private final Tls tls;
    private final ExecutorService handshakes;

    TlsSockets(Tls tls) {
        this.tls = tls;
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "bowline-tls");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        this.handshakes = threads;
    }

    /** What new connections are to be made with; {@code INVALID_CONFIGURATION} when it cannot be had or used. */
    SSLContext context() {
        try {
            SSLContext context = Objects.requireNonNull(tls.context().get(), "the supplier gave no context");
            serverEngine(context);
            return context;
        } catch (RuntimeException unusable) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION, "TLS cannot be used as it is set: " + unusable.getMessage(), unusable);
        }
    }

    /** For a connection that is to be made. */
    void onClient(Channel channel, SSLContext context, Address address) {
        String host = tls.serverName().isEmpty() ? address.host() : tls.serverName();
        SSLEngine engine = context.createSSLEngine(host, address.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = offered(engine);
        if (tls.hostVerified()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 2818: the JDK's only one besides LDAP's
        }
        engine.setSSLParameters(parameters);
        add(channel, engine, false);
    }

    /** For a connection that was accepted. */
    void onServer(Channel channel) {
        add(channel, serverEngine(tls.context().get()), tls.plainAccepted());
    }

    private SSLEngine serverEngine(SSLContext context) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = offered(engine);
        switch (tls.clientAuth()) {
            case NONE -> {}
            case WANT -> parameters.setWantClientAuth(true);
            case NEED -> parameters.setNeedClientAuth(true);
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    private SSLParameters offered(SSLEngine engine) {
        SSLParameters parameters = engine.getSSLParameters();
        if (!tls.offer().protocols().isEmpty()) {
            parameters.setProtocols(tls.offer().protocols().toArray(String[]::new));
        }
        if (!tls.offer().ciphers().isEmpty()) {
            parameters.setCipherSuites(tls.offer().ciphers().toArray(String[]::new));
        }
        return parameters;
    }

    private void add(Channel channel, SSLEngine engine, boolean plainAccepted) {
        SslHandler handler = new SslHandler(engine, false, handshakes);
        handler.setHandshakeTimeoutMillis(0); // Bounded with the HELLO that follows; see Wire.
        handler.setCloseNotifyFlushTimeoutMillis(GOODBYE_MILLIS);
        channel.pipeline().addLast(new TlsGate(handler, plainAccepted), handler);
    }

    /** Whether a connection is still busy with its TLS handshake. */
    static boolean isHandshaking(Channel channel) {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        return handler != null && !handler.handshakeFuture().isDone();
    }

    /** The subject of the certificate that the other side has shown, by RFC 2253; null for none. */
    static @Nullable String subject(Channel channel) {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        if (handler == null) {
            return null;
        }
        try {
            Principal shown = handler.engine().getSession().getPeerPrincipal();
            return shown == null ? null : shown.getName();
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }

    /** Once no connection is left. */
    void close() {
        handshakes.shutdown();
    }
}
