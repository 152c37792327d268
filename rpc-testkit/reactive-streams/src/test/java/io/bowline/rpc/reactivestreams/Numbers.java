package io.bowline.rpc.reactivestreams;

import io.bowline.rpc.Idempotent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** The contract whose streams are tried. */
public interface Numbers {
    /** As many numbers, from 0 on. */
    @Idempotent
    Flow.Publisher<Integer> upTo(long count);

    /** Fails without an element. */
    @Idempotent
    Flow.Publisher<Integer> failing();

    /** Whatever the service's side is told to publish. */
    Flow.Publisher<Integer> told();

    /** Hands a stream to the service's side; answers when that is closed. */
    CompletableFuture<String> lend(Flow.Publisher<Integer> numbers);
}
