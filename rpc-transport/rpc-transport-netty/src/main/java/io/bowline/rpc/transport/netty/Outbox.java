package io.bowline.rpc.transport.netty;

import io.bowline.rpc.wire.WireOutput;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The sending half of a connection. Used by its I/O thread alone.
 *
 * <p>Messages wait here and are turned into frames only while the socket takes bytes, so what is queued below is bounded
 * and a call that ends while it waits costs nothing. The queues take turns: control frames go first; then small
 * messages, up to a batch; then elements of streams, up to a batch and in rotation; then one fragment of one large message,
 * in rotation, too. So a small message waits for at most two batches and one fragment whatever else is being sent, and a large one moves on in every round whatever
 * the small ones do. A fast reader of a large message does not keep the I/O thread from its other work: after each
 * {@link #SHARE} it looks for input.
 *
 * <p>A batch is put together in memory of the I/O thread and copied once into one pooled buffer: one write and one
 * system call for everything that was waiting.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: failures arrive at exceptionCaught or at a listener.
final class Outbox {
    /** A batch is handed to the socket when it is this large. */
    private static final int BATCH = 64 << 10;

    /** Bytes of one stream before the next one's turn. */
    private static final int SLICE = 16 << 10;

    /** Bytes that one connection sends before the I/O thread looks for input again, its own and that of others. */
    private static final int SHARE = 256 << 10;

    /** Bytes of one large message that may be on their way before the peer has said that it has some of them. */
    static final int WINDOW = 128 << 10;

    /** The same while nothing small is sent that would wait behind them: a distant peer is not slowed down for nothing. */
    static final int WINDOW_ALONE = 2 << 20;

    /** As long after the last small message there may be another. */
    private static final long NOT_ALONE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Control frames are a few bytes each; a peer that provokes more than this and reads none is cut off. */
    private static final int MAX_CONTROLS = 1 << 16;

    /** Frames in line that say that the peer is not keeping up. */
    private static final int MANY = 1_024;

    private final Channel channel;
    private final Runnable again;
    private int maxFrame = Hello.LEAST_FRAME;
    private final ArrayDeque<byte[]> controls = new ArrayDeque<>();
    private final ArrayDeque<Message> small = new ArrayDeque<>();
    private final ArrayDeque<Large> large = new ArrayDeque<>();
    private final List<Large> held = new ArrayList<>();
    private final ArrayDeque<StreamWriter> streams = new ArrayDeque<>();
    private long queued;
    private boolean pumping;
    private boolean resuming;
    private boolean congested;
    private boolean windows;
    private long lastSmallNanos = System.nanoTime() - NOT_ALONE_NANOS;

    /** @param again called on the I/O thread when it is time to {@link #pump} again */
    Outbox(Channel channel, Runnable again) {
        this.channel = channel;
        this.again = again;
    }

    /** The longest payload of a frame; may be asked for on any thread by who learnt of the agreement. */
    int maxFrame() {
        return maxFrame;
    }

    /**
     * What is agreed with the peer.
     *
     * @param frame the longest payload that the peer takes and this side sends
     * @param windows whether the peer says what it has of large messages
     */
    void agreed(int frame, boolean windows) {
        maxFrame = frame;
        this.windows = windows;
    }

    /** Whether this side and the peer tell each other what they have of large messages. */
    boolean hasWindows() {
        return windows;
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
        return small.isEmpty() && large.isEmpty() && held.isEmpty();
    }

    /** Whether so much waits that nothing more should be provoked; with a gap, so that it does not flicker. */
    boolean isCongested(long maxBytes) {
        int waiting = controls.size() + small.size();
        congested = waiting > (congested ? MANY / 2 : MANY) || queued > maxBytes;
        if (congested && !held.isEmpty()) { // Who is not read from cannot give credit.
            large.addAll(held);
            held.clear();
            pumpLater();
        }
        return congested;
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

    /** The peer has so many more bytes of a large message, of which there is one of an id at a time. */
    void credit(int id, int more) {
        for (Large waiting : held) {
            if (waiting.message.id() == id) {
                waiting.credited += more;
                held.remove(waiting);
                large.add(waiting);
                return;
            }
        }
        for (Large waiting : large) {
            if (waiting.message.id() == id) {
                waiting.credited += more;
                return;
            }
        }
    }

    /** Lets go what waits for the peer in vain. */
    private void dropUnwanted() {
        for (int i = held.size() - 1; i >= 0; i--) {
            Large waiting = held.get(i);
            if (!waiting.message.wanted()) {
                queued -= waiting.message.bodyLength() - waiting.sent;
                held.remove(i);
            }
        }
    }

    /** Gives a stream one turn; it may ask for another in it. */
    void add(StreamWriter stream) {
        streams.add(stream);
    }

    /** Queues a control frame, ahead of all messages; false when the peer has let too many pile up. */
    boolean addControl(byte[] frame) {
        controls.add(frame);
        return controls.size() <= MAX_CONTROLS;
    }

    /**
     * Sends what the socket takes, up to a share; if that was not all, goes on after the I/O thread has looked for input.
     * Messages that are begun or written hear of it in here.
     */
    void pump() {
        if (pumping) {
            return; // What hears of a message that is written may ask for it.
        }
        pumping = true;
        dropUnwanted();
        try {
            int share = SHARE;
            while (share > 0 && hasWork() && channel.isWritable()) {
                int handed = handOver(share);
                if (handed == 0) {
                    break;
                }
                channel.flush();
                share -= handed;
            }
        } finally {
            pumping = false;
        }
        if (hasWork() && channel.isWritable()) {
            pumpLater();
        }
    }

    /** Has {@link #pump} called after the I/O thread has looked for input. */
    void pumpLater() {
        if (!resuming) {
            resuming = true;
            // Not execute: tasks that tasks add run before the next look for input.
            channel.eventLoop().schedule(this::resume, 1, TimeUnit.NANOSECONDS);
        }
    }

    private void resume() {
        resuming = false;
        again.run();
    }

    /** Writes frames until the socket or the share is full; returns how many bytes. */
    private int handOver(int share) {
        int handed = 0;
        while (handed < share && hasWork() && channel.isWritable()) {
            long now = System.nanoTime();
            handed += batch(now);
            handed += elements();
            Large next = large.poll();
            if (next != null) {
                handed += fragment(next, now);
            }
        }
        return handed;
    }

    private boolean hasWork() {
        return !(controls.isEmpty() && small.isEmpty() && large.isEmpty() && streams.isEmpty());
    }

    private int batch(long now) {
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
                lastSmallNanos = now;
            }
        }
        return handOver(out);
    }

    /** How many more bytes of a large message may go before the peer says that it has some of those that went. */
    private long window(Large waiting, long now) {
        if (!windows || congested) {
            return Long.MAX_VALUE;
        }
        boolean alone = now - lastSmallNanos >= NOT_ALONE_NANOS;
        return (alone ? WINDOW_ALONE : WINDOW) - (waiting.sent - waiting.credited);
    }

    /** A batch of what streams have, each in its turn. */
    private int elements() {
        if (streams.isEmpty()) {
            return 0;
        }
        WireOutput out = BowlineIoThread.batch();
        StreamWriter stream;
        for (int turns = streams.size();
                turns > 0 && out.size() < BATCH && (stream = streams.poll()) != null;
                turns--) {
            if (stream.write(out, SLICE)) {
                streams.add(stream);
            }
        }
        return handOver(out);
    }

    private int handOver(WireOutput out) {
        int size = out.size();
        if (size > 0) {
            ByteBuf buffer = channel.alloc().directBuffer(size);
            buffer.writeBytes(out.array(), 0, size);
            channel.write(buffer, channel.voidPromise());
        }
        return size;
    }

    private int fragment(Large next, long now) {
        Message message = next.message;
        if (!message.wanted()) {
            queued -= message.bodyLength() - next.sent;
            return 0;
        }
        long window = window(next, now);
        if (window <= 0) {
            held.add(next);
            return 0;
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
        int count = (int) Math.min(Math.min(maxFrame - headLength, next.sent == 0 ? rest - 1 : rest), window);
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
        return head.size() + count;
    }

    /** Forgets everything that waits. */
    void clear() {
        controls.clear();
        small.clear();
        large.clear();
        held.clear();
        streams.clear();
        queued = 0;
    }

    /** A message that is cut into fragments, and how much of its body has gone. */
    private static final class Large {
        private final Message message;
        private int sent;

        /** So much the peer has, as it says. */
        private long credited;

        Large(Message message) {
            this.message = message;
        }
    }
}
