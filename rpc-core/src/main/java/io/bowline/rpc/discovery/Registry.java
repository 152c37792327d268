package io.bowline.rpc.discovery;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A directory of who offers what. Thread-safe; nothing here blocks on the registry's server, and a server that cannot be
 * reached fails nothing: registrations and watches are kept and carried out when it is back.
 *
 * <p>A new registry is done when its subclass of the testkit's {@code RegistryContract} is green.
 */
public interface Registry extends AutoCloseable {
    /**
     * Keeps an instance registered until the registration is closed: across lost sessions, restarts of the registry's
     * server, and deletions by others. Returns at once, and so does closing the registration: it is removed as soon as
     * the server can be reached.
     *
     * @throws io.bowline.rpc.RpcException {@code INVALID_CONFIGURATION} when this registry takes no registrations (its
     *     list is somebody else's) or cannot hold this instance; {@code CLOSED} after {@link #close}
     */
    Registration register(Instance instance);

    /**
     * Tells who offers a service, now and after each change, until the registration is closed.
     *
     * <p>The watcher gets whole snapshots, one at a time, in order, and never on a thread of the registry's own client;
     * a slow watcher misses intermediate snapshots and never the last. It is first called once the registry has
     * answered, be it with an empty snapshot; a snapshot that says the same as the one before is not told. While the
     * registry is away it is not called: what it was last told stands.
     *
     * <p>An instance names at least what it offers of the watched interface; whether it names its other interfaces
     * depends on the registry.
     *
     * @param service the interface's name; instances of every version and group are told
     */
    Registration watch(String service, Consumer<Snapshot> watcher);

    /** The names of services that have providers, as far as the registry can tell; for messages, not for decisions. */
    CompletionStage<List<String>> services();

    /** How the registry is reached at this moment. */
    RegistryStatus status();

    /**
     * Removes the registrations and forgets the watches. The one method that may wait for the server, for a few seconds
     * at most, so that a process which ends after it leaves nothing behind.
     */
    @Override
    void close();

    /**
     * Another registry, of which it is known in which zone its instances are: their label {@code zone} says so, unless they
     * say it themselves. With a registry for each zone, a client of all of them prefers its own by {@code
     * LoadBalancer.inZone}. Closing it closes the other.
     */
    static Registry inZone(String zone, Registry registry) {
        return new ZonedRegistry(zone, registry);
    }
}
