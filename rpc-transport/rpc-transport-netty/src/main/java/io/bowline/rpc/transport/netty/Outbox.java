package io.bowline.rpc.transport.netty;

import io.bowline.rpc.wire.WireOutput;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;

/**
 * The sending half of a connection. Used by its I/O thread alone.
 *
 * <p>Messages wait here and are turned into frames only while the socket takes bytes, so what is queued below is bounded
 * and a call that ends while it waits costs nothing. Three queues take turns: control frames go first; then small
 * messages, up to a batch; then one fragment of one large message, the large ones in rotation. So a small message waits
 * for at most one batch and one fragment whatever else is being sent, and a large one moves on in every round whatever
 * the small ones do.
 *
 * <p>A batch is put together in memory of the I/O thread and copied once into one pooled buffer: one write and one
 * system call for everything that was waiting.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: failures arrive at exceptionCaught or at a listener.
final class Outbox {
    /** A batch is handed to the socket when it is this large. */
    private static final int BATCH = 64 << 10;

    /** Control frames are a few bytes each; a peer that provokes more than this and reads none is cut off. */
    private static final int MAX_CONTROLS = 1 << 16;

    private final Channel channel;
    private int maxFrame = Hello.LEAST_FRAME;
    private final ArrayDeque<byte[]> controls = new ArrayDeque<>();
    private final ArrayDeque<Message> small = new ArrayDeque<>();
    private final ArrayDeque<Large> large = new ArrayDeque<>();
    private long queued;
    private boolean pumping;

    Outbox(Channel channel) {
        this.channel = channel;
    }

    /** The longest payload that the peer takes and this side sends, once that is agreed. */
    void maxFrame(int agreed) {
        maxFrame = agreed;
    }

    /** Whether {@code more} bytes of body may wait besides those that do; an empty outbox takes any message. */
    boolean hasRoom(int more, long limit) {
        return queued == 0 || queued + more <= limit;
    }

    /** Bytes of body that wait. */
    long queued() {
        return queued;
    }

    boolean isEmpty() {
        return small.isEmpty() && large.isEmpty();
    }

    /** Queues a message; {@link #pump} sends it. */
    void add(Message message) {
        queued += message.bodyLength();
        if (message.bodyLength() + message.labels() + Heads.ROOM <= maxFrame) {
            small.add(message);
        } else {
            large.add(new Large(message));
        }
    }

    /** Queues a control frame, ahead of all messages; false when the peer has let too many pile up. */
    boolean addControl(byte[] frame) {
        controls.add(frame);
        return controls.size() <= MAX_CONTROLS;
    }

    /** Sends what the socket takes. Messages that are begun or written hear of it in here. */
    void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        boolean wrote = false;
        try {
            while (hasWork() && channel.isWritable()) {
                long now = System.nanoTime();
                wrote |= batch(now);
                Large next = large.poll();
                if (next != null) {
                    wrote |= fragment(next, now);
                }
            }
        } finally {
            pumping = false;
        }
        if (wrote) {
            channel.flush();
        }
    }

    private boolean hasWork() {
        return !(controls.isEmpty() && small.isEmpty() && large.isEmpty());
    }

    private boolean batch(long now) {
        WireOutput out = BowlineIoThread.batch();
        byte[] control;
        while ((control = controls.poll()) != null) {
            out.write(control);
        }
        Message message;
        while (out.size() < BATCH && (message = small.poll()) != null) {
            queued -= message.bodyLength();
            if (message.wanted()) {
                int at = Frames.begin(out, message.type(), message.flags(), message.id());
                message.writeHead(out, now);
                out.write(message.body(), 0, message.bodyLength());
                Frames.end(out, at);
                message.begun(now);
                message.written();
            }
        }
        if (out.size() == 0) {
            return false;
        }
        ByteBuf buffer = channel.alloc().directBuffer(out.size());
        buffer.writeBytes(out.array(), 0, out.size());
        channel.write(buffer, channel.voidPromise());
        return true;
    }

    private boolean fragment(Large next, long now) {
        Message message = next.message;
        if (!message.wanted()) {
            queued -= message.bodyLength() - next.sent;
            return false;
        }
        WireOutput head = BowlineIoThread.batch();
        int at;
        if (next.sent == 0) {
            at = Frames.begin(head, message.type(), message.flags() | Frames.MORE, message.id());
            message.writeHead(head, now);
            head.writeVarInt(message.bodyLength());
            message.begun(now);
        } else {
            at = Frames.begin(head, Frames.CONTINUE, Frames.MORE, message.id());
        }
        int headLength = head.size() - at - Frames.HEADER;
        int rest = message.bodyLength() - next.sent;
        int count = Math.min(maxFrame - headLength, next.sent == 0 ? rest - 1 : rest);
        boolean last = count == rest;
        if (last) {
            Frames.flags(head.array(), at, 0);
        }
        Frames.length(head.array(), at, headLength + count);
        ByteBuf buffer = channel.alloc().directBuffer(head.size() + count);
        buffer.writeBytes(head.array(), 0, head.size());
        buffer.writeBytes(message.body(), next.sent, count);
        channel.write(buffer, channel.voidPromise());
        next.sent += count;
        queued -= count;
        if (last) {
            message.written();
        } else {
            large.add(next);
        }
        return true;
    }

    /** Forgets everything that waits. */
    void clear() {
        controls.clear();
        small.clear();
        large.clear();
        queued = 0;
    }

    /** A message that is cut into fragments, and how much of its body has gone. */
    private static final class Large {
        private final Message message;
        private int sent;

        Large(Message message) {
            this.message = message;
        }
    }
}
