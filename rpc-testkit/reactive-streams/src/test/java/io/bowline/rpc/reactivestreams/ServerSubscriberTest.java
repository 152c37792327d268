package io.bowline.rpc.reactivestreams;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.Factory;

/** Who subscribes to what a service publishes. */
public class ServerSubscriberTest extends FlowSubscriberBlackboxVerification<Integer> {
    private final Supplier<Pair> start;
    private final Map<Object, Reader> readers = new ConcurrentHashMap<>();
    private Pair pair;

    private ServerSubscriberTest(Supplier<Pair> start) {
        super(Pair.environment());
        this.start = start;
    }

    @Factory
    public static Object[] transports() {
        return new Object[] {new ServerSubscriberTest(Pair::local), new ServerSubscriberTest(Pair::netty)};
    }

    @BeforeClass
    public void open() {
        pair = start.get();
    }

    @AfterClass
    public void close() {
        pair.close();
    }

    @Override
    @SuppressWarnings("unchecked") // It takes what Integer is.
    public Flow.Subscriber<Integer> createFlowSubscriber() {
        Reader reader = new Reader();
        Flow.Subscriber<? super Integer> subscriber = pair.subscriber(reader);
        readers.put(subscriber, reader);
        return (Flow.Subscriber<Integer>) subscriber;
    }

    @Override
    public void triggerFlowRequest(Flow.Subscriber<? super Integer> subscriber) {
        readers.get(subscriber).subscription.request(1);
    }

    @Override
    public Integer createElement(int element) {
        return element;
    }

    /** At the other end. */
    private static final class Reader implements Flow.Subscriber<Integer> {
        private volatile Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(Integer element) {}

        @Override
        public void onError(Throwable thrown) {}

        @Override
        public void onComplete() {}
    }
}
