package io.bowline.rpc.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.CharsetUtil;
import org.jspecify.annotations.Nullable;

/**
 * The eight bytes with which each side opens. They say which protocol and which major version follows; the first byte
 * alone tells us from HTTP, TLS and Dubbo.
 */
final class Preface {
    static final int LENGTH = 8;
    static final int MAJOR = 1;

    private static final byte[] BYTES = {(byte) 0xb0, 0x57, 0x4c, 0x4e, MAJOR, 0, 0, 0};
    private static final int AT_MAJOR = 4;

    private final byte[] read = new byte[LENGTH];
    private int size;

    static byte[] bytes() {
        return BYTES.clone();
    }

    /** Takes bytes until the preface is whole; says what is wrong with it as soon as that is certain, else null. */
    @Nullable
    String read(ByteBuf in) {
        int count = Math.min(in.readableBytes(), LENGTH - size);
        in.readBytes(read, size, count);
        size += count;
        for (int i = 0; i < size; i++) {
            if (read[i] != BYTES[i] && i <= AT_MAJOR) {
                return i == AT_MAJOR ? "version " + (read[i] & 0xff) + " of this protocol, not " + MAJOR : foreign();
            }
        }
        return null;
    }

    boolean isWhole() {
        return size == LENGTH;
    }

    private String foreign() {
        String text = new String(read, 0, size, CharsetUtil.ISO_8859_1);
        if (text.startsWith("PRI")) {
            return "another protocol: HTTP/2";
        }
        if (text.startsWith("HTTP/")
                || text.matches("(GET|PUT|POST|HEAD|OPTIONS|DELETE|PATCH|CONNECT|TRACE)[ A-Z/].*")) {
            return "another protocol: HTTP/1";
        }
        if (size >= 2 && (read[0] == 0x16 || read[0] == 0x15) && read[1] == 3) {
            return "another protocol: TLS";
        }
        if (size >= 2 && read[0] == (byte) 0xda && read[1] == (byte) 0xbb) {
            return "another protocol: Dubbo";
        }
        return "another protocol: first bytes " + ByteBufUtil.hexDump(read, 0, size) + " (HTTP? TLS?)";
    }
}
