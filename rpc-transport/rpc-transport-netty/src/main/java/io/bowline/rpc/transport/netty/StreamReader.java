package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.transport.FailureMessage;
import io.bowline.rpc.transport.ResponseHead;
import io.bowline.rpc.transport.StreamFailure;
import io.bowline.rpc.wire.WireInput;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of a stream: takes one subscriber, signals it on the I/O thread, and sends what it asks for as credit.
 * Nothing is kept here: without credit nothing may come.
 */
final class StreamReader extends Mail implements Flow.Publisher<WireInput>, Flow.Subscription {
    private final Wire wire;
    private final int id;
    private final int number;
    private final Runnable unwanted;

    private final AtomicBoolean taken = new AtomicBoolean();
    private final AtomicLong wanted = new AtomicLong();
    private final AtomicBoolean posted = new AtomicBoolean();
    private volatile Flow.@Nullable Subscriber<? super WireInput> subscriber;
    private volatile boolean cancelled;
    private volatile boolean misasked;

    // The I/O thread's.
    private Flow.@Nullable Subscriber<? super WireInput> told;
    private long credit;
    private boolean ended;
    private @Nullable Throwable failure;

    /**
     * @param id of the call, and {@code number} of the stream within it
     * @param unwanted runs once, on the I/O thread, when the subscriber wants no more or breaks the rules, or the peer does
     */
    StreamReader(Wire wire, int id, int number, Runnable unwanted) {
        this.wire = wire;
        this.id = id;
        this.number = number;
        this.unwanted = unwanted;
    }

    /** Whether a frame is about the stream of this number, which stands first in it; reads nothing. */
    static boolean isAbout(WireInput in, int number) {
        return in.remaining() > 0 && in.array()[in.position()] == number;
    }

    // ---- The subscriber's side, any thread
    // ---------------------------------------------------------------------------

    @Override
    public void subscribe(Flow.Subscriber<? super WireInput> reader) {
        if (taken.getAndSet(true)) {
            throw new IllegalStateException("the stream has a subscriber (expected: one)");
        }
        subscriber = reader;
        post();
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            misasked = true;
        } else {
            wanted.accumulateAndGet(n, (before, more) -> before + more < 0 ? Long.MAX_VALUE : before + more);
        }
        post();
    }

    @Override
    public void cancel() {
        cancelled = true;
        post();
    }

    private void post() {
        if (posted.compareAndSet(false, true)) {
            wire.mailbox().put(this);
        }
    }

    // ---- The I/O thread's side
    // ---------------------------------------------------------------------------------------

    @Override
    void deliver() {
        posted.set(false);
        if (told == null && !cancelled) {
            told = subscriber;
            if (told == null) {
                return;
            }
            told.onSubscribe(this);
            tellEnd();
        }
        if (cancelled) {
            drop(null);
            subscriber = null; // Whoever keeps the stream does not keep its former subscriber.
            told = null;
        } else if (misasked) {
            drop(new IllegalArgumentException("request(0), or of less (expected: at least 1)"));
        } else {
            give(wanted.getAndSet(0));
        }
    }

    private void give(long more) {
        if (more == 0 || ended) {
            return;
        }
        credit = credit + more < 0 ? Long.MAX_VALUE : credit + more;
        wire.giveCredit(id, number, (int) Math.min(more, Integer.MAX_VALUE));
    }

    /** The thread is gone, and the connection with it. */
    @Override
    void undeliverable() {
        end(RpcException.of(Code.CONNECTION_LOST, "the transport was closed"));
        deliver();
    }

    /** An element; memory that is used again, unless it is large. */
    void element(WireInput element) {
        Flow.Subscriber<? super WireInput> reader = told;
        if (ended || cancelled) {
            return;
        }
        if (reader == null || credit == 0) {
            drop(RpcException.of(Code.PROTOCOL_ERROR, "an element came that was not asked for"));
            return;
        }
        if (credit != Long.MAX_VALUE) {
            credit--;
        }
        reader.onNext(element);
    }

    /** It has ended; null if nothing went wrong. */
    void end(@Nullable Throwable why) {
        if (!ended) {
            ended = true;
            failure = why;
            tellEnd();
        }
    }

    /** The peer's writer has failed. */
    void fail(ResponseHead failure, WireInput envelope) {
        Throwable why;
        try {
            why = new StreamFailure(FailureMessage.read(failure, envelope));
        } catch (RpcException malformed) {
            why = malformed;
        }
        end(why);
    }

    private void drop(@Nullable Throwable why) {
        if (!ended) {
            end(why);
            unwanted.run();
        }
    }

    private void tellEnd() {
        if (!ended || told == null || cancelled) {
            return;
        }
        if (failure == null) {
            told.onComplete();
        } else {
            told.onError(failure);
        }
    }
}
