package io.bowline.rpc.transport.netty;

import io.bowline.rpc.RpcException;
import io.bowline.rpc.transport.FailureMessage;
import io.bowline.rpc.transport.Item;
import io.bowline.rpc.transport.StreamFailure;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The sending end of a stream. Elements become frames on the thread that publishes them and gather here; the I/O thread
 * takes all that have come with one swap, when it is the stream's turn and the socket takes bytes. Whoever publishes faster
 * than that fills a batch, and who publishes now and then wakes the I/O thread each time.
 *
 * <p>The publisher is asked for what the peer has given credit for, in portions, and for the next one only when most of the
 * last has gone to the socket. So what waits here is bounded, whatever credit the peer gives and however slowly it reads.
 */
final class StreamWriter extends Mail implements Flow.Subscriber<Item> {
    /** A portion is so many bytes, about, and at most so many elements. */
    private static final int PORTION_BYTES = 32 << 10;

    private static final int PORTION_MOST = 1_024;

    private final Wire wire;
    private int id;
    private final int number;
    private final Packer packer;
    private final Runnable ended;

    /** Subscribed to with the first credit, on the I/O thread; null if it comes by itself. */
    private Flow.@Nullable Publisher<Item> source;

    private volatile Flow.@Nullable Subscription publisher;
    private volatile boolean cancelled;

    // Guarded by this: what the publisher has handed over.
    private WireOutput filling = new WireOutput();
    private int elements;
    private boolean finished;

    /** The I/O thread looks here again, told or by itself. */
    private boolean expected;

    /** It was told, and has not heard it yet: nobody may tell it a second time. */
    private boolean posted;

    // The I/O thread's.
    private WireOutput sending = new WireOutput();
    private int sent;
    private boolean last;
    private boolean open;
    private boolean inLine;
    private boolean over;
    private long credit;
    private int asked;
    private int portion = 4;

    /**
     * @param id of the call, and {@code number} of the stream within it
     * @param packer of elements
     * @param ended runs on the I/O thread when END is written
     */
    StreamWriter(Wire wire, int id, int number, Packer packer, Runnable ended) {
        this.wire = wire;
        this.id = id;
        this.number = number;
        this.packer = packer;
        this.ended = ended;
    }

    /** The stream of a request, to which nobody has subscribed. */
    StreamWriter(Wire wire, int id, int number, Packer packer, Flow.Publisher<Item> source) {
        this(wire, id, number, packer, () -> {});
        this.source = source;
    }

    // ---- The publisher's side, any thread
    // ----------------------------------------------------------------------------

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        publisher = subscription;
        if (cancelled) {
            subscription.cancel();
        } else {
            boolean news;
            synchronized (this) {
                news = isNews();
            }
            tell(news);
        }
    }

    /** With the lock held: whether the I/O thread is to be told that there is something. */
    private boolean isNews() {
        boolean news = !expected;
        expected = true;
        posted |= news;
        return news;
    }

    private void tell(boolean news) {
        if (news) {
            wire.mailbox().put(this);
        }
    }

    @Override
    public void onNext(Item item) {
        WireOutput element = Scratch.borrow(packer.most());
        WireOutput packed;
        try {
            item.writeTo(element);
            packed = packer.pack(element.array(), element.size());
        } catch (RuntimeException | Error unwritable) {
            Flow.Subscription refused = publisher;
            if (refused != null) {
                refused.cancel();
            }
            finish(FailureMessage.of(RpcException.from(unwritable)));
            return;
        }
        boolean news;
        synchronized (this) {
            if (finished) {
                return;
            }
            if (packed == null) {
                write(Frames.ITEM, 0, -1, element, 0);
            } else {
                write(Frames.ITEM, Frames.COMPRESSED, -1, packed, element.size());
            }
            elements++;
            Scratch.giveBack(element, packer.most());
            news = isNews();
        }
        tell(news);
    }

    @Override
    public void onError(Throwable thrown) {
        finish(thrown instanceof StreamFailure told ? told.failure() : FailureMessage.of(RpcException.from(thrown)));
    }

    @Override
    public void onComplete() {
        finish(null);
    }

    private void finish(@Nullable FailureMessage failure) {
        boolean news;
        synchronized (this) {
            if (finished) {
                return;
            }
            finished = true;
            writeEnd(failure);
            news = isNews();
        }
        tell(news);
    }

    /** With the lock held. */
    private void writeEnd(@Nullable FailureMessage failure) {
        WireOutput envelope = new WireOutput();
        int code = -1;
        if (failure != null && failure.head().code() != null) {
            code = failure.head().code().number();
            failure.writeTo(envelope);
        }
        write(Frames.END, code < 0 ? 0 : Frames.FAILURE, code, envelope, 0);
    }

    /** With the lock held: one frame, or several if the body is too long for one. */
    private void write(int type, int flags, int code, WireOutput body, int unpacked) {
        int length = body.size();
        int most = wire.outbox().maxFrame();
        boolean cut = length + Heads.ROOM > most;
        int at = Frames.begin(filling, type, cut ? flags | Frames.MORE : flags, id);
        filling.writeVarInt(number);
        if (code >= 0) {
            filling.writeVarInt(code);
        }
        packer.writeHead(filling, unpacked);
        int done = length;
        if (cut) {
            filling.writeVarInt(length);
            done = most - Heads.ROOM;
        }
        filling.write(body.array(), 0, done);
        Frames.end(filling, at);
        while (done < length) {
            int count = Math.min(most, length - done);
            at = Frames.begin(filling, Frames.CONTINUE, done + count < length ? Frames.MORE : 0, id);
            filling.write(body.array(), done, count);
            Frames.end(filling, at);
            done += count;
        }
    }

    // ---- The I/O thread's side
    // ---------------------------------------------------------------------------------------

    @Override
    void deliver() {
        synchronized (this) {
            posted = false;
        }
        lineUp();
    }

    @Override
    void undeliverable() {
        discard();
    }

    /** Whose stream it is, once that has an id, and before {@link #open}. */
    void id(int given) {
        id = given;
    }

    /** The message that the stream belongs to is written. */
    void open() {
        open = true;
        lineUp();
    }

    boolean isOpen() {
        return open;
    }

    /** The peer takes more: reads how many. */
    void credit(WireInput in) {
        int more = Frames.credit(in);
        credit = more == Integer.MAX_VALUE || credit + more < 0 ? Long.MAX_VALUE : credit + more;
        Flow.Publisher<Item> first = source;
        source = null;
        if (first != null && !cancelled) {
            first.subscribe(this);
        }
        lineUp();
    }

    /** The peer takes no more: it gets an END. */
    void cancel() {
        if (over || cancelled) {
            return;
        }
        discard();
        synchronized (this) {
            expected = true;
            writeEnd(null);
        }
        lineUp();
    }

    /** Nobody wants any of it, and nothing more of it is sent. */
    void discard() {
        cancelled = true;
        sending.reset();
        sent = 0;
        last = false;
        boolean ended;
        synchronized (this) {
            ended = finished;
            finished = true;
            filling.reset();
            elements = 0;
        }
        Flow.Subscription unwanted = publisher;
        if (unwanted != null && !ended) {
            unwanted.cancel();
        }
    }

    private void lineUp() {
        if (open && !inLine && !over) {
            inLine = true;
            wire.outbox().add(this);
        }
    }

    /**
     * Its turn: writes whole frames, {@code most} bytes or the first frame, and asks for more.
     *
     * @return whether more is there already
     */
    boolean write(WireOutput out, int most) {
        inLine = false;
        if (over || (sent == sending.size() && !swap())) {
            ask();
            return false;
        }
        byte[] bytes = sending.array();
        int end = sent;
        while (end < sending.size()) {
            int next = end + Frames.HEADER + Frames.length(bytes, end);
            if (end > sent && next - sent > most) {
                break;
            }
            end = next;
        }
        out.write(bytes, sent, end - sent);
        sent = end;
        if (sent < sending.size() || swap()) {
            ask();
            inLine = true;
            return true;
        }
        ask();
        return false;
    }

    /** Takes what has come since the last time; false if there is nothing, and then END may have been written. */
    private boolean swap() {
        if (last) {
            over = true;
            ended.run();
            return false;
        }
        int came;
        synchronized (this) {
            if (filling.size() == 0) {
                expected = posted;
                return false;
            }
            WireOutput taken = filling;
            filling = keepable(sending);
            sending = taken;
            sent = 0;
            came = elements;
            elements = 0;
            last = finished;
        }
        if (came > 0) {
            asked -= came;
            int fitting = PORTION_BYTES / Math.max(1, sending.size() / came);
            portion = Math.max(1, Math.min(Math.min(PORTION_MOST, 2 * portion), fitting));
        }
        return true;
    }

    private static WireOutput keepable(WireOutput used) {
        if (used.array().length > 4 * PORTION_BYTES) {
            return new WireOutput();
        }
        used.reset();
        return used;
    }

    private void ask() {
        Flow.Subscription from = publisher;
        if (from == null || over || cancelled || credit == 0 || asked > portion / 2) {
            return;
        }
        int more = (int) Math.min(credit, portion - asked);
        if (credit != Long.MAX_VALUE) {
            credit -= more;
        }
        asked += more;
        from.request(more);
    }
}
