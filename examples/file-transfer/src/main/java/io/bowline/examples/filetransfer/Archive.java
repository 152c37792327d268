package io.bowline.examples.filetransfer;

import java.io.FileNotFoundException;
import java.util.concurrent.Flow;

/** The contract: files by name. */
public interface Archive {
    /** What there is to download. */
    Entry entry(String name) throws FileNotFoundException;

    /** The file's bytes, in blocks. */
    Flow.Publisher<byte[]> content(String name) throws FileNotFoundException;

    /** A file, and the SHA-256 of its bytes in hexadecimal digits. */
    record Entry(String name, long bytes, String sha256) {}
}
