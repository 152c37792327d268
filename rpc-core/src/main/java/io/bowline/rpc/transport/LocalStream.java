package io.bowline.rpc.transport;

import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One stream of the local transport, both its ends. Elements are written on the writer's thread; all else happens on the
 * I/O thread. No element is kept that the reader has not asked for, since the writer is asked for no more than it is.
 */
final class LocalStream implements Flow.Publisher<WireInput>, Flow.Subscriber<Item>, Flow.Subscription {
    /** What is told of it, on the I/O thread. */
    interface Owner {
        /** An element is about to be delivered. */
        default void element() {}

        /** It ends before its writer has ended it. */
        default void abandoned() {}

        /** It has ended. */
        default void ended() {}
    }

    private final Owner owner;
    private final AtomicBoolean taken = new AtomicBoolean();

    /** Subscribed to with the first demand; null if a writer comes by itself, or never. */
    private Flow.@Nullable Publisher<Item> source;

    // The I/O thread's.
    private long asked;
    private Flow.@Nullable Subscriber<? super WireInput> reader;
    private Flow.@Nullable Subscription writer;
    private @Nullable Throwable failure;
    private boolean ended;
    private boolean cancelled;

    LocalStream(Owner owner, Flow.@Nullable Publisher<Item> source) {
        this.owner = owner;
        this.source = source;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super WireInput> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        if (taken.getAndSet(true)) {
            throw new IllegalStateException("the stream has a subscriber (expected: one)");
        }
        LocalIo.execute(() -> {
            reader = subscriber;
            subscriber.onSubscribe(this);
            if (ended) {
                tellEnd();
            }
        });
    }

    @Override
    public void request(long n) {
        LocalIo.execute(() -> {
            if (ended) {
                return;
            }
            if (n <= 0) {
                fail(new IllegalArgumentException("request(" + n + ") (expected: at least 1)"));
            } else if (writer == null) {
                asked = asked + n < 0 ? Long.MAX_VALUE : asked + n;
                Flow.Publisher<Item> writing = source;
                source = null;
                if (writing != null) {
                    writing.subscribe(this);
                }
            } else {
                writer.request(n);
            }
        });
    }

    /** The reader wants no more. */
    @Override
    public void cancel() {
        LocalIo.execute(() -> {
            cancelled = true;
            fail(null);
            reader = null; // Whoever keeps the stream does not keep its former subscriber.
        });
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        LocalIo.execute(() -> {
            if (ended || writer != null) {
                subscription.cancel();
                return;
            }
            writer = subscription;
            if (asked > 0) {
                subscription.request(asked);
            }
        });
    }

    @Override
    public void onNext(Item item) {
        WireOutput out = new WireOutput();
        try {
            item.writeTo(out);
        } catch (RuntimeException | Error unwritable) {
            LocalIo.execute(() -> fail(new StreamFailure(FailureMessage.of(RpcException.from(unwritable)))));
            return;
        }
        WireInput element = new WireInput(out.toByteArray());
        LocalIo.execute(() -> {
            if (!ended && reader != null) {
                owner.element();
                reader.onNext(element);
            }
        });
    }

    @Override
    public void onError(Throwable thrown) {
        LocalIo.execute(() -> end(thrown));
    }

    @Override
    public void onComplete() {
        LocalIo.execute(() -> end(null));
    }

    /** On the I/O thread: ends it for both sides, whoever of them is to blame; null if the reader has gone. */
    void fail(@Nullable Throwable why) {
        if (ended) {
            return;
        }
        if (writer != null) {
            writer.cancel();
        }
        owner.abandoned();
        end(why);
    }

    private void end(@Nullable Throwable why) {
        if (ended) {
            return;
        }
        ended = true;
        failure = why;
        if (reader != null) {
            tellEnd();
        }
        owner.ended();
    }

    private void tellEnd() {
        if (cancelled) {
            return;
        }
        Flow.Subscriber<? super WireInput> told = Objects.requireNonNull(reader);
        if (failure == null) {
            told.onComplete();
        } else {
            told.onError(failure);
        }
    }
}
