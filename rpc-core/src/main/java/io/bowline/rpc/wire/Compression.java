package io.bowline.rpc.wire;

/**
 * An algorithm that makes the bodies of messages smaller. Thread-safe. Found by name at the edges through {@link
 * java.util.ServiceLoader}; passed as an object in code.
 *
 * <p>It bounds nothing itself: the transport knows from the message's head how many bytes there will be, judges that number
 * before it takes memory for them, and hands over an array of just that size. A new algorithm is done when its subclass of the
 * testkit's {@code CompressionContract} is green.
 */
public interface Compression {
    /** The name on the wire and in configuration: lower case, digits and hyphens. */
    String name();

    /** Appends the first {@code length} bytes of an array in compressed form. */
    void compress(byte[] source, int length, WireOutput target);

    /**
     * Reads the compressed form, which is not to be trusted.
     *
     * @param target takes the bytes and has their number, if the peer told the truth; nothing may be kept of what it said
     *     otherwise
     * @return how many bytes the target has got; another number than its length, as any exception, says that the compressed
     *     form is damaged
     */
    int decompress(byte[] source, int offset, int length, byte[] target);
}
