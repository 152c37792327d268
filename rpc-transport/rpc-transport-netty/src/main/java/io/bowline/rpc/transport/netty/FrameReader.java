package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.transport.OutboundCall;
import io.bowline.rpc.wire.WireInput;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into frames. Used by one I/O thread.
 *
 * <p>A length is judged when its header is whole, before anything is kept. A payload that is wholly there is copied once
 * into an array of its size; one that comes in pieces grows an array with the pieces. Fragments go straight into their
 * message. Nothing of the network's buffers is kept.
 */
final class FrameReader {
    /** What happens with frames; what it throws is a breach of the protocol and ends the connection. */
    interface Sink {
        /**
         * A whole frame, other than CONTINUE. The payload belongs to the sink, but for that of a response or an element of up
         * to {@link OutboundCall#OWN} bytes, which is to be read before this returns.
         */
        void frame(int type, int flags, int id, WireInput payload);

        /** The message that a CONTINUE of this length adds to; null to skip it. */
        @Nullable
        Assembly<?> continued(int id, int length);

        /** A CONTINUE is whole. */
        void continuedWhole(int id, int flags);
    }

    private static final byte[] NOTHING = new byte[0];

    private final Sink sink;
    private final int maxFrame;
    private long frames;
    private final byte[] header = new byte[Frames.HEADER];
    private int headerSize;

    private boolean stopped;
    private boolean inPayload;
    private int type;
    private int flags;
    private int id;
    private int length;
    private int left;
    private byte[] part = NOTHING;
    private byte[] shared = new byte[1 << 10];
    private final WireInput response = new WireInput(NOTHING);
    private @Nullable Assembly<?> message;

    FrameReader(Sink sink, int maxFrame) {
        this.sink = sink;
        this.maxFrame = maxFrame;
    }

    /** How many whole frames came in. */
    long frames() {
        return frames;
    }

    /** Delivers nothing more. */
    void stop() {
        stopped = true;
    }

    /** Takes all bytes of the buffer. */
    void read(ByteBuf in) {
        while (!stopped && in.isReadable()) {
            if (inPayload) {
                payload(in);
            } else {
                header(in);
            }
        }
    }

    private void header(ByteBuf in) {
        if (headerSize == 0 && in.readableBytes() >= Frames.HEADER) {
            int first = in.readInt();
            byte flagByte = in.readByte();
            begin(first, flagByte, in.readInt());
            return;
        }
        int count = Math.min(Frames.HEADER - headerSize, in.readableBytes());
        in.readBytes(header, headerSize, count);
        headerSize += count;
        if (headerSize == Frames.HEADER) {
            headerSize = 0;
            begin(int32(0), header[4], int32(5));
        }
    }

    private int int32(int at) {
        return (header[at] & 0xff) << 24
                | (header[at + 1] & 0xff) << 16
                | (header[at + 2] & 0xff) << 8
                | (header[at + 3] & 0xff);
    }

    private void begin(int lengthAndType, int flagByte, int callId) {
        length = lengthAndType >>> 8;
        type = lengthAndType & 0xff;
        flags = flagByte & 0xff;
        id = callId;
        check();
        left = length;
        part = NOTHING;
        message = type == Frames.CONTINUE ? sink.continued(id, length) : null;
        if (length == 0) {
            end();
        } else {
            inPayload = true;
        }
    }

    private void check() {
        if (type == 0 || (type > Frames.ERROR && type < Frames.SKIPPABLE)) {
            throw RpcException.of(
                    Code.PROTOCOL_ERROR,
                    "a frame of type " + type + " (expected: 1 to " + Frames.ERROR + ", or from " + Frames.SKIPPABLE
                            + " on)");
        }
        int most = Frames.maxLength(type, maxFrame);
        if (length > most) {
            throw RpcException.of(
                    Code.PROTOCOL_ERROR,
                    "a frame of type " + type + " with " + length + " bytes (expected: at most " + most + ")");
        }
    }

    private void payload(ByteBuf in) {
        int count = Math.min(left, in.readableBytes());
        if (message != null) {
            message.append(in, count);
        } else if (type == Frames.CONTINUE || type >= Frames.SKIPPABLE) {
            in.skipBytes(count);
        } else {
            int filled = length - left;
            if (filled + count > part.length) {
                part = room(filled, count);
            }
            in.readBytes(part, filled, count);
        }
        left -= count;
        if (left == 0) {
            inPayload = false;
            end();
        }
    }

    /** An array with what there is of the payload, and room for more of it. */
    private byte[] room(int filled, int count) {
        if (!isShared()) {
            return Arrays.copyOf(part, Math.min(length, Math.max(filled + count, 2 * filled)));
        }
        if (shared.length < length) {
            shared = new byte[Math.min(OutboundCall.OWN, 2 * length)];
        }
        return shared;
    }

    /** Small answers and elements are read at once, so all of them can lie in the same memory. */
    private boolean isShared() {
        return (type == Frames.RESPONSE || type == Frames.ITEM) && length <= OutboundCall.OWN;
    }

    private void end() {
        frames++;
        if (type == Frames.CONTINUE) {
            boolean known = message != null;
            message = null;
            if (known) {
                sink.continuedWhole(id, flags);
            }
        } else if (type < Frames.SKIPPABLE) {
            byte[] whole = part;
            part = NOTHING;
            if (isShared()) {
                response.reset(whole, 0, length);
                sink.frame(type, flags, id, response);
            } else {
                sink.frame(type, flags, id, new WireInput(whole));
            }
        }
    }
}
