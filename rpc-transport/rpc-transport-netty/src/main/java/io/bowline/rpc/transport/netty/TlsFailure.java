package io.bowline.rpc.transport.netty;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What a failed handshake means, in words. */
final class TlsFailure {
    private TlsFailure() {}

    /** Null for what is no failure of TLS. */
    static @Nullable String inWords(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof SSLException failure) {
                return "TLS failed: " + why(failure);
            }
        }
        return null;
    }

    private static String why(SSLException failure) {
        Throwable root = failure;
        boolean path = false;
        while (root.getCause() != null) {
            root = root.getCause();
            path |= root instanceof CertPathBuilderException || root instanceof CertPathValidatorException;
        }
        String text = String.valueOf(root.getMessage());
        if (root instanceof CertificateExpiredException) {
            return "the other side's certificate has expired (" + text + ")";
        }
        if (root instanceof CertificateNotYetValidException) {
            return "the other side's certificate is not valid yet (" + text + ")";
        }
        if (path) {
            return "the other side's certificate is not trusted here (" + text + ")";
        }
        if (text.contains("subject alternative") || text.startsWith("No name matching")) {
            return "the other side's certificate is of another host (" + text + ")";
        }
        if (!text.contains("Received fatal alert")) {
            return text;
        }
        return text.matches(".*(certificate|unknown_ca).*")
                ? "the other side refused this side's certificate: it has expired, is not trusted there, or there is none ("
                        + text + ")"
                : "the other side refused the handshake: a version, a cipher suite or a certificate does not suit it ("
                        + text + ")";
    }
}
