package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.Timer;
import io.bowline.rpc.transport.MethodId;
import io.bowline.rpc.transport.RequestHead;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the transport keeps for each call and each frame, one by one; figures are per call and per frame. */
@SuppressWarnings("NullAway.Init") // JMH calls setUp
@State(Scope.Thread)
public class PartsCost {
    static final int BATCH = 64;
    static final int PAYLOAD = 200;

    private final CallTable table = new CallTable(4_096);
    private final PendingCall[] calls = new PendingCall[BATCH];
    private final Mailbox mailbox = new Mailbox(woken -> {}, () -> {});
    private final Mail[] mails = new Mail[BATCH];
    private final WireOutput out = new WireOutput();
    private final byte[] payload = new byte[PAYLOAD];
    private long heard;
    private FrameReader reader;
    private ByteBuf frames;

    @Setup
    @SuppressWarnings("NullAway") // a pending call in a table never asks for what sends it
    public void setUp() {
        RequestHead head = new RequestHead(
                new MethodId(new ServiceName("demo.Users", "", ""), "existUser(java.lang.String)"),
                "bytes",
                Deadline.after(Duration.ofDays(1), Timer.system().nanoTime(), "benchmark"),
                new Cancellation(),
                Metadata.EMPTY,
                false,
                "");
        for (int i = 0; i < BATCH; i++) {
            calls[i] = new PendingCall(null, null, head, 0, 0);
            mails[i] = new Errand(() -> heard++);
        }
        reader = new FrameReader(new Listening(), 64 << 10);
        frames = Unpooled.wrappedBuffer(writeFrames().toByteArray());
    }

    private final class Listening implements FrameReader.Sink {
        @Override
        public void frame(int type, int flags, int id, WireInput payload) {
            heard += payload.remaining();
        }

        @Override
        public @Nullable Assembly<?> continued(int id, int length) {
            return null;
        }

        @Override
        public void continuedWhole(int id, int flags) {}
    }

    /** A call comes, is found by its answer and goes, while others are pending. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long table() {
        for (PendingCall call : calls) {
            table.add(call);
        }
        long found = 0;
        for (PendingCall call : calls) {
            if (table.find(call.id()) == call) {
                found++;
                table.remove(call);
            }
        }
        return found;
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long mailbox() {
        for (Mail mail : mails) {
            mailbox.put(mail);
        }
        mailbox.deliverAll();
        return heard;
    }

    /** Header and payload of {@value #PAYLOAD} bytes. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public WireOutput writeFrames() {
        out.reset();
        for (int id = 1; id <= BATCH; id++) {
            int at = Frames.begin(out, Frames.RESPONSE, 0, id);
            out.write(payload);
            Frames.end(out, at);
        }
        return out;
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long readFrames() {
        frames.readerIndex(0);
        reader.read(frames);
        return heard;
    }
}
