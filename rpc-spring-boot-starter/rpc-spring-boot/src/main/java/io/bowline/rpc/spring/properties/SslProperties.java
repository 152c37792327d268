package io.bowline.rpc.spring.properties;

import org.jspecify.annotations.Nullable;

/**
 * TLS.
 *
 * @param bundle The name of an SSL bundle, spring.ssl.bundle.*, whose certificates are used; renewed ones take effect for
 *     new connections. Without it, there is no TLS.
 * @param clientAuth Of a server: whether clients must show a certificate: none, want or need. none by default.
 */
public record SslProperties(
        @Nullable String bundle, @Nullable String clientAuth) {}
