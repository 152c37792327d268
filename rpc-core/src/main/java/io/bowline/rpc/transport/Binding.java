package io.bowline.rpc.transport;

import io.bowline.rpc.Address;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A listening address of a server. Thread-safe. */
public interface Binding extends AutoCloseable {
    /** Where it listens, with the port that the operating system gave. */
    Address address();

    /**
     * Ends gently. Takes no new connections, tells every client, waits until each has confirmed that it picks this
     * server no more, lets the requests in flight finish, and closes. Requests that arrive before their client's
     * confirmation are served as ever, so none fails for having crossed it; later ones are refused as {@code DRAINING}
     * and unprocessed. Whatever is left after {@code grace} is cut off.
     *
     * @return completes when everything is closed; never exceptionally
     */
    CompletionStage<Void> drain(Duration grace);

    /** Ends now, without waiting for requests in flight. */
    @Override
    void close();
}
