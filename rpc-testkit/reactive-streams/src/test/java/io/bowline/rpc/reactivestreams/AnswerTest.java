package io.bowline.rpc.reactivestreams;

import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.Factory;

/** The stream of an answer, as its caller gets it. */
public class AnswerTest extends FlowPublisherVerification<Integer> {
    private final Supplier<Pair> start;
    private Pair pair;

    private AnswerTest(Supplier<Pair> start) {
        super(Pair.environment());
        this.start = start;
    }

    @Factory
    public static Object[] transports() {
        return new Object[] {new AnswerTest(Pair::local), new AnswerTest(Pair::netty)};
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
        return pair.numbers().upTo(elements);
    }

    @Override
    public Flow.Publisher<Integer> createFailedFlowPublisher() {
        return pair.numbers().failing();
    }
}
