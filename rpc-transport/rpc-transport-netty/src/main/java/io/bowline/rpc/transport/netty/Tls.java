package io.bowline.rpc.transport.netty;

import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * How a transport speaks TLS, as client and as server. Immutable; keys, certificates and whom to trust are the
 * context's.
 *
 * @param context asked for each new connection, so that a renewed certificate is used from then on, and once when a port
 *     is bound. It answers at once, by I/O threads' leave, and with the same context until something has changed, since a
 *     context remembers sessions that spare the next connection a whole handshake
 * @param offer versions and cipher suites
 * @param clientAuth whether a server asks its clients for certificates
 * @param plainAccepted whether a server also takes clients without TLS, while they are being changed over
 * @param hostVerified whether a client checks that the server's certificate is of the host that it has called
 * @param serverName what a client expects in a server's certificate, and names to it (SNI), in place of the host of its
 *     address; empty for that host
 */
public record Tls(
        Supplier<SSLContext> context,
        Offer offer,
        ClientAuth clientAuth,
        boolean plainAccepted,
        boolean hostVerified,
        String serverName) {

    /** Whether a server asks its clients for certificates. */
    public enum ClientAuth {
        /** It does not. */
        NONE,
        /** It does, and takes clients that have none. What they show must be valid. */
        WANT,
        /** It does, and refuses clients that have none: mutual TLS. */
        NEED
    }

    /**
     * What is offered to the other side, by the JDK's names.
     *
     * @param protocols versions; empty for those of the context
     * @param ciphers suites in order of preference; empty for those of the context
     */
    public record Offer(List<String> protocols, List<String> ciphers) {
        public Offer {
            protocols = List.copyOf(protocols);
            ciphers = List.copyOf(ciphers);
        }
    }

    private static final Offer MODERN = new Offer(List.of("TLSv1.3", "TLSv1.2"), List.of());

    public Tls {
        if (serverName.contains(" ") || serverName.contains(":")) {
            throw new IllegalArgumentException(
                    "serverName: '" + serverName + "' (expected: a host name, without a port)");
        }
    }

    /**
     * TLS 1.3 and 1.2, no certificates asked of clients, the host verified.
     *
     * @param context asked for each new connection, as said above
     */
    public static Tls of(Supplier<SSLContext> context) {
        return new Tls(context, MODERN, ClientAuth.NONE, false, true, "");
    }

    /** The same with a context that stays. */
    public static Tls of(SSLContext context) {
        return of(() -> context);
    }

    /** This, asking clients for certificates or not. */
    public Tls withClientAuth(ClientAuth clientAuth) {
        return new Tls(context, offer, clientAuth, plainAccepted, hostVerified, serverName);
    }

    /** This with other versions, such as {@code TLSv1.3} alone. */
    public Tls withProtocols(String... protocols) {
        Offer changed = new Offer(List.of(protocols), offer.ciphers());
        return new Tls(context, changed, clientAuth, plainAccepted, hostVerified, serverName);
    }

    /** This with other cipher suites, such as {@code TLS_AES_256_GCM_SHA384}. */
    public Tls withCiphers(String... ciphers) {
        Offer changed = new Offer(offer.protocols(), List.of(ciphers));
        return new Tls(context, changed, clientAuth, plainAccepted, hostVerified, serverName);
    }

    /** This, at whose ports clients without TLS are served as well, while they are being changed over. */
    public Tls acceptingPlain() {
        return new Tls(context, offer, clientAuth, true, hostVerified, serverName);
    }

    /**
     * This, for clients that take any certificate which their context trusts, whoever's it is. For servers whose
     * certificates name no host; {@link #withServerName} is the safer way.
     */
    public Tls withoutHostVerification() {
        return new Tls(context, offer, clientAuth, plainAccepted, false, serverName);
    }

    /** This, for clients of servers that share a name in their certificates and are found by other addresses. */
    public Tls withServerName(String name) {
        return new Tls(context, offer, clientAuth, plainAccepted, hostVerified, name);
    }
}
