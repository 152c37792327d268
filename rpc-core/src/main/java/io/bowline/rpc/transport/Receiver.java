package io.bowline.rpc.transport;

import java.util.Set;
import java.util.concurrent.CompletionStage;

/** What a server does with requests: the mirror of {@link Connection}. Called on I/O threads; never blocks or throws. */
public interface Receiver {
    /**
     * Answers one request. The stage completes with the response, a failure included; one that fails exceptionally is
     * answered with its {@link FailureMessage}. The answer to a one-way request is dropped.
     */
    CompletionStage<Outbound<ResponseHead>> receive(Inbound<RequestHead> request);

    /** The names of the serializers that it accepts, told to each client when it connects. */
    Set<String> serializers();
}
