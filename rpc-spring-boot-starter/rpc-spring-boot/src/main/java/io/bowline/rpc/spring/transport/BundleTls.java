package io.bowline.rpc.spring.transport;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.Suggestions;
import io.bowline.rpc.spring.properties.SslProperties;
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

/** TLS with the certificates of an SSL bundle. When the bundle is renewed, new connections use what it has then. */
final class BundleTls {
    private BundleTls() {}

    /** Made of properties that name a bundle. */
    static Tls of(SslProperties properties, SslBundles bundles) {
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
}
