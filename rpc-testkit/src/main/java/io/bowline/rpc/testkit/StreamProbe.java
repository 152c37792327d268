package io.bowline.rpc.testkit;

import io.bowline.rpc.RpcException;
import io.bowline.rpc.transport.Item;
import io.bowline.rpc.transport.OutboundCall;
import io.bowline.rpc.transport.RequestHead;
import io.bowline.rpc.transport.ResponseHead;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A call that takes a streamed answer, and may send a stream, and the reader of the answer, with plain bytes for bodies and elements: it writes down what
 * it hears, and asks for what the test says. Thread-safe.
 */
public final class StreamProbe implements OutboundCall, Flow.Subscriber<WireInput> {
    private final RequestHead head;
    private final byte[] body;
    private final Flow.@Nullable Publisher<Item> upload;
    private final List<byte[]> elements = new ArrayList<>();
    private final List<String> ends = new ArrayList<>();
    private Flow.@Nullable Subscription subscription;
    private @Nullable Throwable failure;
    private long asked;

    public StreamProbe(RequestHead head, byte... body) {
        this(head, null, body);
    }

    /** @param upload the stream of the request */
    public StreamProbe(RequestHead head, Flow.@Nullable Publisher<Item> upload, byte... body) {
        this.head = head;
        this.upload = upload;
        this.body = body;
    }

    @Override
    public Flow.@Nullable Publisher<Item> stream() {
        return upload;
    }

    @Override
    public RequestHead head() {
        return head;
    }

    @Override
    public void writeTo(WireOutput out) {
        out.write(body);
    }

    @Override
    public boolean streamed() {
        return true;
    }

    @Override
    public void answered(ResponseHead answer, WireInput unstreamed) {
        ended(answer.ok() ? "answered" : "refused " + answer.code(), null);
    }

    @Override
    public void answered(ResponseHead answer, WireInput empty, Flow.Publisher<WireInput> stream) {
        stream.subscribe(this);
    }

    @Override
    public void failed(RpcException why) {
        ended("failed", why);
    }

    private synchronized void ended(String how, @Nullable Throwable why) {
        ends.add(how);
        failure = why;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        long before;
        synchronized (this) {
            subscription = given;
            before = asked;
        }
        if (before > 0) {
            given.request(before);
        }
    }

    @Override
    public synchronized void onNext(WireInput element) {
        elements.add(element.readBytes(element.remaining()));
    }

    @Override
    public void onError(Throwable why) {
        ended("failed", why);
    }

    @Override
    public void onComplete() {
        ended("complete", null);
    }

    /** Asks for more elements, now or when the answer has come. */
    public void request(long n) {
        Flow.Subscription given;
        synchronized (this) {
            given = subscription;
            asked += n;
        }
        if (given != null) {
            given.request(n);
        }
    }

    /** Wants no more: of the stream or, as long as there is none, of the call. */
    public void cancel() {
        Flow.Subscription given;
        synchronized (this) {
            given = subscription;
        }
        if (given == null) {
            head.cancellation().cancel();
        } else {
            given.cancel();
        }
    }

    /** The elements that came. */
    public synchronized List<byte[]> elements() {
        return List.copyOf(elements);
    }

    /** The ends that were told, of which there may be one: "complete", "failed", "answered" or "refused" and a code. */
    public synchronized List<String> ends() {
        return List.copyOf(ends);
    }

    /** With what it failed, if it did. */
    public synchronized @Nullable Throwable failure() {
        return failure;
    }
}
