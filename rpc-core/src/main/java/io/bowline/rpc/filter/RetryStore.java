package io.bowline.rpc.filter;

import io.bowline.rpc.Metadata;
import java.nio.file.Path;
import java.util.List;

/**
 * Where calls wait that are to be delivered later; see {@link FailbackPolicy}. It may block: it is used on a thread of its
 * own, never on one that calls. Thread-safe, as several methods, proxies and clients may share one.
 */
public interface RetryStore extends AutoCloseable {
    /**
     * Keeps a delivery, or replaces the one of its id. Once this returns true it is kept, as well as the store can keep
     * anything.
     *
     * @return false when the store is full; a known id always has its place
     * @throws java.io.UncheckedIOException when it cannot be kept
     */
    boolean keep(Delivery delivery);

    /** Forgets a delivery; does nothing for an unknown id. */
    void forget(String id);

    /** What was kept for a method before this store was opened, each delivery once: who asks takes it over. */
    List<Delivery> claim(String method);

    /** Leaves what is kept to whoever opens it next, if it can be opened again. */
    @Override
    void close();

    /** Keeps so many deliveries while the process lives. */
    static RetryStore inMemory(int capacity) {
        return new MemoryRetryStore(capacity);
    }

    /**
     * Keeps so many deliveries in files, one each, across restarts of the process. The folder is made if it is not there,
     * belongs to one process at a time, and its files can be read by their owner only where the file system knows owners.
     *
     * @throws io.bowline.rpc.RpcException {@code INVALID_CONFIGURATION} for a folder that cannot be used or is in use
     */
    static RetryStore inFiles(Path folder, int capacity) {
        return new FileRetryStore(folder, capacity);
    }

    /**
     * A call that is to be delivered.
     *
     * @param id letters, digits and hyphens; no two deliveries have the same
     * @param call what is to be called
     * @param attempts how often it was tried
     */
    record Delivery(String id, StoredCall call, int attempts) {
        Delivery afterAttempt() {
            return new Delivery(id, call, attempts + 1);
        }
    }

    /**
     * A call as it is kept.
     *
     * @param method service and method, as {@link io.bowline.rpc.RpcMethod#toString()} writes them
     * @param serializer the name of what wrote the arguments
     * @param arguments the arguments as they travel; not copied
     * @param labels the call's metadata
     * @param timeoutMillis how long an attempt may take
     */
    // The bytes go from a codec to a file and back; calls are never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record StoredCall(String method, String serializer, byte[] arguments, Metadata labels, long timeoutMillis) {}
}
