package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, whichever side: preface, frames in, frames out, signs of life, and how it ends. All state is the I/O
 * thread's; other threads reach it through the {@link Mailbox}.
 *
 * <p>What was queued while a read event was handled is sent once, at its end, or when it has become {@value #EARLY}
 * bytes; so are answers to a whole batch of requests.
 *
 * <p>After a breach of the protocol the reason is sent and input is thrown away for {@link #LINGER} before the socket is
 * closed: closing with unread input would reset the connection, and the peer would never read the reason.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: failures arrive at exceptionCaught or at a listener.
final class Wire extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(NettyTransport.class);
    private static final Duration LINGER = Duration.ofMillis(500);
    private static final int SILENT_TICKS = 3;

    /** Answers of so many bytes are sent while more requests are being read, so that the peer need not wait for all. */
    private static final int EARLY = 8 << 10;

    private final Channel channel;
    private final Link link;
    private final Outbox outbox;
    private final Mailbox mailbox;
    private final FrameReader reader;
    private final Preface preface = new Preface();
    private boolean greeted;
    private boolean reading;
    private boolean ended;
    private long framesSeen;
    private int silentTicks;
    private @Nullable Future<?> tick;

    /** Also puts itself into the channel's pipeline. */
    Wire(Channel channel, int maxFrame, Function<Wire, Link> conduct) {
        this.channel = channel;
        this.outbox = new Outbox(channel, this::pump);
        this.mailbox = new Mailbox(channel.eventLoop(), this::round);
        this.link = conduct.apply(this);
        this.reader = new FrameReader(link, maxFrame);
    }

    Mailbox mailbox() {
        return mailbox;
    }

    Outbox outbox() {
        return outbox;
    }

    /** Whether the current thread handles a read of this connection, at whose end everything queued is sent. */
    boolean isReading() {
        return channel.eventLoop().inEventLoop() && reading;
    }

    /** On the I/O thread: delivers the mail and sends. */
    private void round() {
        try {
            mailbox.deliverAll();
            pump();
        } catch (RuntimeException | Error defect) {
            log.error("A connection ends because of a defect", defect);
            close("a defect: " + defect, Ending.ORDINARY);
        }
    }

    /** Sends what is queued. */
    private void pump() {
        if (!ended) {
            outbox.pump();
            link.pumped();
        }
    }

    /** Sends preface and HELLO, ahead of any frame. */
    void greet(Hello hello) {
        greeted = true;
        WireOutput out = new WireOutput();
        out.write(Preface.bytes());
        hello.write(out);
        writeNow(out);
    }

    /** Tells the sender of a large message how much of it is there, from time to time. */
    void credit(int id, Assembly<?> arriving) {
        boolean element = arriving.head() instanceof StreamReader; // Of a stream, which has credit of its own.
        int more = outbox.hasWindows() && !element ? arriving.credit() : 0;
        if (more > 0) {
            giveCredit(id, Frames.MESSAGE, more);
        }
    }

    /** @param number of the stream, or {@link Frames#MESSAGE} */
    void giveCredit(int id, int number, int more) {
        WireOutput payload = new WireOutput();
        payload.writeVarInt(number);
        payload.writeVarInt(more);
        control(Frames.CREDIT, id, payload.toByteArray());
    }

    /** The peer has more of a large message: reads how much. */
    void credited(int id, WireInput in) {
        in.readVarInt();
        outbox.credit(id, Frames.credit(in));
    }

    /** Both have said HELLO. */
    void agreed(int maxFrame, int minor, Duration pingInterval) {
        outbox.agreed(maxFrame, minor >= 1);
        cancelTick();
        scheduleTick(pingInterval);
    }

    private void scheduleTick(Duration interval) {
        tick = channel.eventLoop().schedule(() -> tick(interval), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void tick(Duration interval) {
        if (ended) {
            return;
        }
        if (reader.frames() != framesSeen) {
            framesSeen = reader.frames();
            silentTicks = 0;
        } else {
            silentTicks++;
        }
        if (silentTicks == SILENT_TICKS) {
            close("no sign of life for " + interval.multipliedBy(SILENT_TICKS), Ending.ORDINARY);
            return;
        }
        if (silentTicks == 1) {
            control(Frames.PING, 0, new byte[8]);
            pump();
        }
        scheduleTick(interval);
    }

    /** Ends the connection unless both have said HELLO in time. */
    void expectHello(Duration limit) {
        tick = channel.eventLoop()
                .schedule(
                        () -> fail(RpcException.of(
                                Code.PROTOCOL_ERROR,
                                "no " + (TlsSockets.isHandshaking(channel) ? "TLS handshake" : "HELLO") + " within "
                                        + limit)),
                        limit.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    /** Queues a control frame. */
    void control(int type, int id, byte... payload) {
        if (!ended && !outbox.addControl(Frames.control(type, id, payload))) {
            close("the peer reads nothing", Ending.ORDINARY);
        }
    }

    void send(Message message) {
        outbox.add(message);
        if (reading && outbox.queued() >= EARLY) {
            pump();
        }
    }

    /** Tells the peer why, and ends. */
    void fail(RpcException why) {
        if (ended) {
            return;
        }
        ErrorFrame error = ErrorFrame.of(why);
        WireOutput out = new WireOutput();
        if (!greeted) {
            out.write(Preface.bytes());
        }
        error.write(out);
        writeNow(out);
        end(error.text(), Ending.BREACH);
        channel.config().setAutoRead(true);
        channel.eventLoop().schedule(() -> channel.close(), LINGER.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void writeNow(WireOutput out) {
        ByteBuf buffer = Unpooled.wrappedBuffer(out.array(), 0, out.size());
        channel.writeAndFlush(buffer, channel.voidPromise());
    }

    /** Ends without a word; what is written already still goes out. */
    void close(String why, Ending how) {
        end(why, how);
        channel.close();
    }

    /** After the I/O thread has ended, on another: nothing may wait for it, whatever it still left undone. */
    void loopEnded() {
        end("the transport was closed", Ending.ORDINARY);
        mailbox.returnAll();
    }

    private void end(String why, Ending how) {
        if (!ended) {
            ended = true;
            reader.stop();
            outbox.clear();
            cancelTick();
            link.ended(why, how);
        }
    }

    private void cancelTick() {
        if (tick != null && !channel.eventLoop().isShutdown()) {
            tick.cancel(false);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        link.opened();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) {
        ByteBuf in = (ByteBuf) read;
        reading = true;
        BowlineIoThread.beginBurst();
        try {
            if (!ended) {
                take(in);
            }
        } catch (RpcException breach) {
            fail(breach);
        } finally {
            in.release();
        }
    }

    private void take(ByteBuf in) {
        if (!preface.isWhole()) {
            String wrong = preface.read(in);
            if (wrong != null) {
                throw RpcException.of(Code.PROTOCOL_ERROR, "the peer speaks " + wrong);
            }
        }
        reader.read(in);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        reading = false;
        BowlineIoThread.endBurst();
        pump();
    }

    /**
     * Not at once, since Netty is writing: it writes as long as there is something, by tasks that add tasks, and would not
     * look for input while a large message refills what it empties.
     */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (channel.isWritable()) {
            outbox.pumpLater();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end("the peer closed it", Ending.ORDINARY);
        mailbox.deliverAll();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable thrown) {
        if (thrown instanceof RpcException breach) {
            fail(breach);
            return;
        }
        String tls = TlsFailure.inWords(thrown);
        if (tls != null) {
            close(tls, Ending.UNTRUSTED);
            return;
        }
        close(thrown instanceof IOException ? String.valueOf(thrown.getMessage()) : thrown.toString(), Ending.ORDINARY);
    }
}
