package io.bowline.rpc.testkit;

import io.bowline.rpc.transport.Item;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A publisher of messages whose elements are plain bytes and which a test drives by hand. Takes one subscriber. */
public final class ByteSource implements Flow.Publisher<Item>, Flow.Subscription {
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong cancelled = new AtomicLong();
    private volatile Flow.@Nullable Subscriber<? super Item> reader;
    private volatile Runnable whenAsked = () -> {};

    @Override
    public void subscribe(Flow.Subscriber<? super Item> subscriber) {
        reader = subscriber;
        subscriber.onSubscribe(this);
    }

    @Override
    public void request(long n) {
        asked.addAndGet(n);
        whenAsked.run();
    }

    @Override
    public void cancel() {
        cancelled.incrementAndGet();
    }

    private Flow.Subscriber<? super Item> reader() {
        Flow.Subscriber<? super Item> subscribed = reader;
        if (subscribed == null) {
            throw new IllegalStateException("nobody has subscribed");
        }
        return subscribed;
    }

    /** Publishes an element, asked for or not. */
    public void emit(byte... element) {
        Item item = out -> out.write(element);
        reader().onNext(item);
    }

    /** Publishes an element that fails when it is written. */
    public void emitUnwritable(RuntimeException why) {
        Item item = out -> {
            throw why;
        };
        reader().onNext(item);
    }

    public void complete() {
        reader().onComplete();
    }

    public void fail(Throwable why) {
        reader().onError(why);
    }

    /** What happens whenever it is asked for elements, on the thread that asks; nothing before this is called. */
    public void onRequest(Runnable publishes) {
        whenAsked = publishes;
    }

    /** Whether somebody has subscribed. */
    public boolean subscribed() {
        return reader != null;
    }

    /** How many elements it was asked for. */
    public long asked() {
        return asked.get();
    }

    /** How often it was cancelled. */
    public long cancelled() {
        return cancelled.get();
    }
}
