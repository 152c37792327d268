package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;

/**
 * The numbers of the protocol, and how a frame is written: a header of 9 bytes — payload length in 24 bits, type, flags,
 * call id — and the payload.
 */
final class Frames {
    static final int HEADER = 9;
    static final int MAX_LENGTH = (1 << 24) - 1;

    static final int HELLO = 0x01;
    static final int BIND = 0x02;
    static final int REQUEST = 0x03;
    static final int RESPONSE = 0x04;
    static final int CONTINUE = 0x05;
    static final int ITEM = 0x06;
    static final int CREDIT = 0x07;
    static final int END = 0x08;
    static final int CANCEL = 0x09;
    static final int PING = 0x0a;
    static final int PONG = 0x0b;
    static final int DRAIN = 0x0c;
    static final int DRAIN_ACK = 0x0d;
    static final int ERROR = 0x0e;

    /** The number of an answer's stream. */
    static final int ANSWER = 0;

    /** The number of a request's stream. */
    static final int UPLOAD = 1;

    /** Stands in CREDIT in place of a stream's number: the call's request, or response, itself. */
    static final int MESSAGE = 2;

    /** Types from here on are skipped by who does not know them. */
    static final int SKIPPABLE = 0x80;

    /** REQUEST, RESPONSE, CONTINUE, ITEM, END: more fragments of this message follow. */
    static final int MORE = 0x01;
    /** REQUEST, RESPONSE: labels stand before the body. */
    static final int METADATA = 0x02;
    /** REQUEST: no response is wanted. */
    static final int ONE_WAY = 0x04;
    /** RESPONSE, END: a code stands first and the body is a failure. */
    static final int FAILURE = 0x04;
    /** RESPONSE with FAILURE: the server certainly did not begin the call. */
    static final int UNPROCESSED = 0x08;

    /** REQUEST: the caller takes a streamed answer. RESPONSE: a stream follows. From minor version 1 on. */
    static final int STREAM = 0x10;

    /** REQUEST, RESPONSE, ITEM: the body is compressed. To a peer that has said how. */
    static final int COMPRESSED = 0x20;

    private static final int REQUEST_FLAGS = MORE | METADATA | ONE_WAY | COMPRESSED;
    private static final int RESPONSE_FLAGS = MORE | METADATA | FAILURE | UNPROCESSED | COMPRESSED;

    private Frames() {}

    /** Whether the flags of a request have a meaning in this minor version. */
    static boolean areKnown(int requestFlags, int minor) {
        return (requestFlags & ~(minor == 0 ? REQUEST_FLAGS : REQUEST_FLAGS | STREAM)) == 0;
    }

    /** Whether the flags of a response have a meaning for a call that takes a stream, or does not. */
    static boolean areKnown(int responseFlags, boolean streamed) {
        boolean compressedFailure = (responseFlags & (FAILURE | COMPRESSED)) == (FAILURE | COMPRESSED);
        return (responseFlags & ~(streamed ? RESPONSE_FLAGS | STREAM : RESPONSE_FLAGS)) == 0 && !compressedFailure;
    }

    /** Starts a frame whose length is not known yet; {@link #end} fills it in. */
    static int begin(WireOutput out, int type, int flags, int id) {
        int at = out.reserve(HEADER);
        out.array()[at + 3] = (byte) type;
        out.array()[at + 4] = (byte) flags;
        out.putInt(at + 5, id);
        return at;
    }

    static void end(WireOutput out, int at) {
        byte[] bytes = out.array();
        length(bytes, at, out.size() - at - HEADER);
    }

    /** Overwrites the length of the frame that begins there. */
    static void length(byte[] bytes, int at, int length) {
        bytes[at] = (byte) (length >>> 16);
        bytes[at + 1] = (byte) (length >>> 8);
        bytes[at + 2] = (byte) length;
    }

    /** The payload's length of the frame that begins there. */
    static int length(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 16 | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff);
    }

    /** Overwrites the flags of the frame that begins there. */
    static void flags(byte[] bytes, int at, int flags) {
        bytes[at + 4] = (byte) flags;
    }

    /** A frame without a body to queue for. */
    static byte[] control(int type, int id, byte... payload) {
        WireOutput out = new WireOutput();
        int at = begin(out, type, 0, id);
        out.write(payload);
        end(out, at);
        return out.toByteArray();
    }

    /** Reads how much credit a frame gives. */
    static int credit(WireInput in) {
        int more = in.readVarInt();
        if (more <= 0) {
            throw RpcException.of(
                    Code.PROTOCOL_ERROR, "credit of " + more + " (expected: 1 to " + Integer.MAX_VALUE + ")");
        }
        return more;
    }

    /** The longest payload of a type; the longest frame where the type has no length of its own. */
    static int maxLength(int type, int maxFrame) {
        return switch (type) {
            case HELLO -> 16 << 10;
            case BIND -> 2 << 10;
            case ERROR -> 1 << 10;
            case CREDIT -> 10;
            case PING, PONG -> 8;
            case CANCEL, DRAIN, DRAIN_ACK -> 0;
            default -> maxFrame;
        };
    }
}
