package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Code;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the parts of heads are written and read. */
final class Heads {
    /** More than any head takes beside its labels. */
    static final int ROOM = 64;

    /** Longer than any process lives; travels as 0, which means none. */
    private static final long FOREVER_MILLIS = 1L << 40;

    private static final int MAX_LABELS = 128;
    private static final byte[] NO_LABELS = new byte[0];

    private Heads() {}

    /**
     * The remaining time in milliseconds, rounded up: a server never gives up before its caller does. A deadline that has
     * passed travels as 1.
     */
    static long millis(Deadline deadline, long nowNanos) {
        long remaining = Math.max(1, deadline.remainingNanos(nowNanos));
        long millis = (remaining + 999_999) / 1_000_000;
        return millis >= FOREVER_MILLIS ? 0 : millis;
    }

    /** Labels as they travel, to be written behind their length; an empty array for none. */
    static byte[] metadata(Metadata metadata, int limit) {
        if (metadata.isEmpty()) {
            return NO_LABELS;
        }
        WireOutput out = new WireOutput();
        metadata.forEach((key, value) -> {
            out.writeString(key);
            out.writeString(value);
        });
        if (out.size() > limit || metadata.size() > MAX_LABELS) {
            throw RpcException.unprocessed(
                    Code.PAYLOAD_TOO_LARGE,
                    "metadata of " + metadata.size() + " labels, " + out.size() + " bytes (expected: at most "
                            + MAX_LABELS + " labels, " + limit + " bytes)");
        }
        return out.toByteArray();
    }

    /** Reads labels behind their length. */
    static Metadata metadata(WireInput in, int limit) {
        int length = in.readLength();
        if (length > limit) {
            throw RpcException.unprocessed(
                    Code.PAYLOAD_TOO_LARGE, "metadata of " + length + " bytes (expected: at most " + limit + ")");
        }
        WireInput block = in.slice(length);
        Map<String, String> labels = new LinkedHashMap<>();
        while (block.remaining() > 0) {
            String key = block.readString();
            String value = block.readString();
            if (key.isEmpty() || labels.size() == MAX_LABELS) {
                throw RpcException.of(
                        Code.MALFORMED_DATA, "metadata with an empty key or more than " + MAX_LABELS + " labels");
            }
            labels.put(key, value);
        }
        return Metadata.of(labels);
    }
}
