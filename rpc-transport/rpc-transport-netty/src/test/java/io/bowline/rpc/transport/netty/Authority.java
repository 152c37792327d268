package io.bowline.rpc.transport.netty;

import io.bowline.rpc.wire.WireOutput;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;

/** Issues certificates (RFC 5280), written byte by byte: the JDK has no public way to make one. */
final class Authority {
    private static final char[] PASSWORD = {'t', 'e', 's', 't'};
    private static final AtomicLong SERIALS = new AtomicLong(1);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** ecdsa-with-SHA256, RFC 5758. */
    private static final byte[] ALGORITHM = HexFormat.of().parseHex("300a06082a8648ce3d040302");

    private static final byte[] SUBJECT_ALTERNATIVE_NAME = HexFormat.of().parseHex("0603551d11");
    private static final byte[] CRITICAL_CONSTRAINTS = HexFormat.of().parseHex("0603551d130101ff");

    private final X500Principal name;
    private final KeyPair keys;
    private final X509Certificate certificate;

    /** A key, and a certificate for it. */
    record Identity(KeyPair keys, X509Certificate certificate) {}

    Authority(String name) throws GeneralSecurityException {
        this.name = new X500Principal("CN=" + name);
        keys = keys();
        byte[] isAuthority =
                sequence(CRITICAL_CONSTRAINTS, tag(0x04, sequence(HexFormat.of().parseHex("0101ff"))));
        certificate = issue(this.name, keys, isAuthority, Duration.ofDays(-1), Duration.ofDays(1));
    }

    /** A certificate for hosts, or addresses, that is valid today. */
    Identity issue(String subject, String... hosts) throws GeneralSecurityException {
        return issue(subject, Duration.ofDays(-1), Duration.ofDays(1), hosts);
    }

    /** The same, valid from and to these moments, counted from now. */
    Identity issue(String subject, Duration from, Duration to, String... hosts) throws GeneralSecurityException {
        KeyPair own = keys();
        WireOutput names = new WireOutput();
        for (String host : hosts) {
            names.write(alternative(host));
        }
        byte[] extension = sequence(SUBJECT_ALTERNATIVE_NAME, tag(0x04, sequence(names.toByteArray())));
        X500Principal principal = new X500Principal("CN=" + subject);
        return new Identity(own, issue(principal, own, hosts.length == 0 ? new byte[0] : extension, from, to));
    }

    private static byte[] alternative(String host) {
        try {
            return Character.isDigit(host.charAt(0))
                    ? tag(0x87, InetAddress.getByName(host).getAddress())
                    : tag(0x82, host.getBytes(StandardCharsets.US_ASCII));
        } catch (java.net.UnknownHostException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private X509Certificate issue(X500Principal subject, KeyPair own, byte[] extension, Duration from, Duration to)
            throws GeneralSecurityException {
        Instant now = Instant.now();
        byte[] version3 = tag(0xa0, tag(0x02, new byte[] {2}));
        byte[] serial = tag(0x02, BigInteger.valueOf(SERIALS.getAndIncrement()).toByteArray());
        byte[] validity = sequence(time(now.plus(from)), time(now.plus(to)));
        byte[] extensions = extension.length == 0 ? extension : tag(0xa3, sequence(extension));
        byte[] content = sequence(
                version3,
                serial,
                ALGORITHM,
                name.getEncoded(),
                validity,
                subject.getEncoded(),
                own.getPublic().getEncoded(),
                extensions);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(content);
        byte[] signed = sequence(content, ALGORITHM, tag(0x03, RawPeer.join(new byte[1], signature.sign())));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(signed));
    }

    private static byte[] time(Instant moment) {
        return tag(0x18, TIME.format(moment).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] sequence(byte[]... parts) {
        return tag(0x30, RawPeer.join(parts));
    }

    private static byte[] tag(int tag, byte[] content) {
        int length = content.length;
        byte[] head;
        if (length < 0x80) {
            head = new byte[] {(byte) tag, (byte) length};
        } else if (length < 0x100) {
            head = new byte[] {(byte) tag, (byte) 0x81, (byte) length};
        } else {
            head = new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        }
        return RawPeer.join(head, content);
    }

    /** A context of somebody who trusts this authority and has no certificate. */
    SSLContext anonymous() throws Exception {
        return context(null);
    }

    /** A context of somebody who trusts this authority. */
    SSLContext of(Identity identity) throws Exception {
        return context(identity);
    }

    private SSLContext context(Identity identity) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        KeyManager[] managers = {};
        if (identity != null) {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry("own", identity.keys().getPrivate(), PASSWORD, new Certificate[] {identity.certificate()});
            KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(own, PASSWORD);
            managers = factory.getKeyManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers, trust.getTrustManagers(), null);
        return context;
    }
}
