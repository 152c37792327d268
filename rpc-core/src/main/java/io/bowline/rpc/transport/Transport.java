package io.bowline.rpc.transport;

import io.bowline.rpc.Address;
import java.util.concurrent.CompletionStage;

/**
 * A way between two processes. Thread-safe; neither method blocks. One transport may serve many clients and servers of
 * a process; closing it ends all its connections and bindings.
 *
 * <p>A new transport is done when its subclass of the testkit's {@code TransportContract} is green.
 */
public interface Transport extends AutoCloseable {
    /** The name in configuration. */
    String name();

    /**
     * Opens a connection. The stage fails with {@code CONNECT_FAILED} or {@code PROTOCOL_ERROR}, unprocessed, within the
     * transport's connect time-out.
     */
    CompletionStage<Connection> connect(Address address);

    /** Listens. The stage fails with {@code PORT_IN_USE} or {@code INVALID_CONFIGURATION}. */
    CompletionStage<Binding> bind(Address address, Receiver receiver);

    @Override
    void close();
}
