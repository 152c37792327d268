package io.bowline.benchmark.kit;

/**
 * One framework in one configuration. A new one takes a module with one implementation of this, named in
 * {@code META-INF/services}; the kit runs its server in one process and its client in another.
 */
public interface Peer {
    /** How the reports call it: lower case and hyphens, {@code grpc-direct}. */
    String name();

    /** Framework, version and what matters of its configuration: for the reports. */
    String description();

    /** Starts the four operations at this port of the loopback address; closing the result stops them. */
    AutoCloseable serve(int port) throws Exception;

    /** A client that is connected, or connects at its first call; used by many threads at once. */
    UserClient connect(int port) throws Exception;

    /** Whether its users can call without waiting; where not, {@link UserClient#async} is never asked. */
    default boolean async() {
        return true;
    }
}
