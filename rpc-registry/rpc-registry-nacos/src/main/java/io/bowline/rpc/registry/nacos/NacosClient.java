package io.bowline.rpc.registry.nacos;

import com.alibaba.nacos.api.NacosFactory;
import com.alibaba.nacos.api.PropertyKeyConst;
import com.alibaba.nacos.api.exception.NacosException;
import com.alibaba.nacos.api.naming.NamingService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vendor's naming client, set up so that it does what we say and leaves nothing behind: no settings picked up from
 * cloud environment variables, no files in the user's home, no metrics of its own.
 *
 * <p>It keeps a copy of each service on disk and cannot be told not to; the copies go to a temporary directory that
 * {@link #close} removes, and are never read. Where the system property {@code JM.SNAPSHOT.PATH} names a directory, they
 * go there and stay.
 */
final class NacosClient implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NacosClient.class);

    private static final String SNAPSHOT_PATH = "JM.SNAPSHOT.PATH";

    /**
     * The copy of gRPC within the client reports each ended stream at INFO to java.util.logging, which prints on stderr
     * where nobody set it up. Held strongly, because a level is forgotten with its logger.
     */
    private static final java.util.logging.Logger grpcLog =
            java.util.logging.Logger.getLogger("com.alibaba.nacos.shaded.io.grpc");

    static {
        if (grpcLog.getLevel() == null) {
            grpcLog.setLevel(Level.WARNING);
        }
    }

    private final NamingService naming;
    private final @Nullable Path copies;

    private NacosClient(NamingService naming, @Nullable Path copies) {
        this.naming = naming;
        this.copies = copies;
    }

    /** Blocks while it tries to connect, seconds where nobody answers; then it goes on trying by itself. */
    static NacosClient create(NacosOptions options) throws NacosException {
        Properties properties = properties(options);
        properties.setProperty(PropertyKeyConst.NAMING_LOAD_CACHE_AT_START, "false");
        // On, a service that lost its last provider would seem to have it for ever: see Watches for what we do instead.
        properties.setProperty(PropertyKeyConst.NAMING_PUSH_EMPTY_PROTECTION, "false");
        Path copies = null;
        if (System.getProperty(SNAPSHOT_PATH) == null) {
            copies = temporary();
            properties.setProperty(SNAPSHOT_PATH, copies.toString());
        }
        return new NacosClient(NacosFactory.createNamingService(properties), copies);
    }

    /** Where and who, and nothing picked up elsewhere. */
    static Properties properties(NacosOptions options) {
        Properties properties = new Properties();
        properties.setProperty(PropertyKeyConst.SERVER_ADDR, options.serverList());
        properties.setProperty(PropertyKeyConst.NAMESPACE, options.namespace());
        if (options.username() != null && options.password() != null) {
            properties.setProperty(PropertyKeyConst.USERNAME, options.username());
            properties.setProperty(PropertyKeyConst.PASSWORD, options.password());
        }
        properties.setProperty(PropertyKeyConst.IS_USE_CLOUD_NAMESPACE_PARSING, "false");
        properties.setProperty(PropertyKeyConst.IS_USE_ENDPOINT_PARSING_RULE, "false");
        properties.setProperty(PropertyKeyConst.ENABLE_CLIENT_METRICS, "false");
        return properties;
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("bowline-nacos-");
        } catch (IOException failed) {
            throw new UncheckedIOException("no temporary directory for the Nacos client's copies", failed);
        }
    }

    NamingService naming() {
        return naming;
    }

    /** Where the client keeps its copies; null where the system property says so. */
    @Nullable
    Path copies() {
        return copies;
    }

    /** Ends its connection, by which Nacos drops what it registered. */
    @Override
    public void close() {
        try {
            naming.shutDown();
        } catch (NacosException | RuntimeException failed) {
            log.debug("The Nacos client did not shut down cleanly", failed);
        }
        if (copies != null) {
            delete(copies);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> found = Files.walk(directory)) {
            List<Path> children = found.sorted(Comparator.reverseOrder()).toList();
            for (Path path : children) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException busy) {
            log.debug("Left behind: {}", directory, busy);
        }
    }
}
