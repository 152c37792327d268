package io.bowline.examples.filetransfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash that every Java platform has. */
final class Sha256 {
    private Sha256() {}

    /** Copies all bytes, and returns the hash of them. */
    static String copy(InputStream from, OutputStream to) throws IOException {
        MessageDigest hash;
        try {
            hash = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
        new DigestInputStream(from, hash).transferTo(to);
        return HexFormat.of().formatHex(hash.digest());
    }
}
