package io.bowline.rpc.reactivestreams;

import io.bowline.rpc.stream.Streams;
import java.util.concurrent.Flow;
import org.reactivestreams.tck.flow.FlowPublisherVerification;

/** {@link Streams#from}. */
public class IteratorTest extends FlowPublisherVerification<Integer> {
    public IteratorTest() {
        super(Pair.environment());
    }

    @Override
    public Flow.Publisher<Integer> createFlowPublisher(long elements) {
        return Pair.upTo(elements);
    }

    /** None fails before it is asked: it opens its source then. */
    @Override
    public Flow.Publisher<Integer> createFailedFlowPublisher() {
        return null;
    }
}
