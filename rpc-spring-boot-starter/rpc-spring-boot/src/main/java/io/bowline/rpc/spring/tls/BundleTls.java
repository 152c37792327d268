package io.bowline.rpc.spring.tls;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.Suggestions;
import io.bowline.rpc.spring.properties.SslProperties;
import io.bowline.rpc.transport.netty.NettyTransport;
import io.bowline.rpc.transport.netty.Tls;
import io.bowline.rpc.transport.netty.Tls.ClientAuth;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslOptions;

/**
 * A transport whose connections are secured with the certificates of an SSL bundle. When the bundle is renewed, new
 * connections use what it has then. Closed with the application.
 *
 * @param transport what it is
 */
public record BundleTls(NettyTransport transport) implements AutoCloseable {
    /** Made of properties that name a bundle. */
    public static BundleTls of(SslProperties properties, SslBundles bundles) {
        return new BundleTls(
                NettyTransport.builder().tls(tls(properties, bundles)).build());
    }

    private static Tls tls(SslProperties properties, SslBundles bundles) {
        String name = String.valueOf(properties.bundle());
        SslBundle bundle = find(name, bundles);
        AtomicReference<SSLContext> context = new AtomicReference<>(bundle.createSslContext());
        bundles.addBundleUpdateHandler(name, renewed -> context.set(renewed.createSslContext()));
        Tls tls = Tls.of(context::get).withClientAuth(clientAuth(properties.clientAuth()));
        SslOptions options = bundle.getOptions();
        String[] protocols = options.getEnabledProtocols();
        String[] ciphers = options.getCiphers();
        tls = protocols == null ? tls : tls.withProtocols(protocols);
        return ciphers == null ? tls : tls.withCiphers(ciphers);
    }

    private static SslBundle find(String name, SslBundles bundles) {
        try {
            return bundles.getBundle(name);
        } catch (NoSuchSslBundleException unknown) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "no SSL bundle is named '" + name + "' (expected: one under spring.ssl.bundle)",
                    unknown);
        }
    }

    private static ClientAuth clientAuth(@Nullable String text) {
        if (text == null) {
            return ClientAuth.NONE;
        }
        List<String> known = Arrays.stream(ClientAuth.values())
                .map(auth -> auth.toString().toLowerCase(Locale.ROOT))
                .toList();
        if (!known.contains(text.toLowerCase(Locale.ROOT))) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "rpc.server.ssl.client-auth: '" + text + "'; " + Suggestions.of(text, known));
        }
        return ClientAuth.valueOf(text.toUpperCase(Locale.ROOT));
    }

    @Override
    public void close() {
        transport.close();
    }
}
