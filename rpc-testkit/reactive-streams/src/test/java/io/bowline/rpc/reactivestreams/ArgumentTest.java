package io.bowline.rpc.reactivestreams;

import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.Factory;

/** The stream of a request, as the service gets it. */
public class ArgumentTest extends FlowPublisherVerification<Integer> {
    private final Supplier<Pair> start;
    private Pair pair;

    private ArgumentTest(Supplier<Pair> start) {
        super(Pair.environment());
        this.start = start;
    }

    @Factory
    public static Object[] transports() {
        return new Object[] {new ArgumentTest(Pair::local), new ArgumentTest(Pair::netty)};
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
    public Flow.Publisher<Integer> createFlowPublisher(long elements) {
        return pair.lend(Pair.upTo(elements));
    }

    /** None fails before it is asked: the caller's publisher is not subscribed to before. */
    @Override
    public Flow.Publisher<Integer> createFailedFlowPublisher() {
        return null;
    }
}
