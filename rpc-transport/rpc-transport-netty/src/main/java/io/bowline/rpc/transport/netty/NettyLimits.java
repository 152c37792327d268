package io.bowline.rpc.transport.netty;

/**
 * What one peer may cost. Checked in the constructor; told to the peer in HELLO where it has to know.
 *
 * @param maxConnections connections that one binding holds at a time; more are refused
 * @param maxCalls calls in flight on one connection, 1 to 65,536; more are {@code OVERLOADED} and unprocessed
 * @param maxMetadata bytes of one call's labels
 * @param fragment bytes of one frame's payload; a longer message is cut into frames of this size, which take turns
 * @param maxMessage bytes of one body
 * @param maxBuffered bytes that one connection holds of messages that have arrived in part, and as many of messages
 *     that wait to be written
 */
public record NettyLimits(
        int maxConnections, int maxCalls, int maxMetadata, int fragment, int maxMessage, long maxBuffered) {
    static final NettyLimits DEFAULT = new NettyLimits(10_000, 4_096, 16 << 10, 64 << 10, 16 << 20, 64 << 20);

    public NettyLimits {
        check("maxConnections", maxConnections, 1, Integer.MAX_VALUE);
        check("maxCalls", maxCalls, 1, 1 << 16);
        check("fragment", fragment, Hello.LEAST_FRAME, Frames.MAX_LENGTH);
        check("maxMetadata", maxMetadata, 0, fragment - Heads.ROOM);
        check("maxMessage", maxMessage, 1, 1 << 30);
        check("maxBuffered", maxBuffered, maxMessage, Long.MAX_VALUE);
    }

    /** These limits with another number of connections. */
    public NettyLimits withMaxConnections(int count) {
        return new NettyLimits(count, maxCalls, maxMetadata, fragment, maxMessage, maxBuffered);
    }

    /** These limits with another number of calls in flight. */
    public NettyLimits withMaxCalls(int count) {
        return new NettyLimits(maxConnections, count, maxMetadata, fragment, maxMessage, maxBuffered);
    }

    /** These limits with another size of bodies; a connection buffers at least four of them. */
    public NettyLimits withMaxMessage(int bytes) {
        long buffered = Math.max(maxBuffered, 4L * bytes);
        return new NettyLimits(maxConnections, maxCalls, maxMetadata, fragment, bytes, buffered);
    }

    static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            String range = most >= Integer.MAX_VALUE ? ">= " + least : least + " to " + most;
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + range + ")");
        }
    }
}
