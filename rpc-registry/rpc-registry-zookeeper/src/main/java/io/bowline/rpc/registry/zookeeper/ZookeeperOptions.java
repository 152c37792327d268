package io.bowline.rpc.registry.zookeeper;

import io.bowline.rpc.Address;
import io.bowline.rpc.discovery.RegistryUri;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which ZooKeeper, and how.
 *
 * @param servers the ensemble's servers
 * @param namespace the path under which everything stands, without its first slash: {@code bowline} unless told
 * @param sessionTimeout how long the server waits for a process that fell silent before its instances disappear; the
 *     server may bound it (2 to 20 of its ticks)
 * @param connectTimeout how long the first connection may take before it is logged that the server does not answer
 * @param credentials {@code user:password} for digest authentication; null for none. With credentials, the nodes made
 *     here may be read and changed by these credentials only, so all applications of a namespace share them.
 */
public record ZookeeperOptions(
        List<Address> servers,
        String namespace,
        Duration sessionTimeout,
        Duration connectTimeout,
        @Nullable String credentials) {
    private static final int DEFAULT_PORT = 2181;
    private static final Duration LONGEST = Duration.ofHours(1);

    public ZookeeperOptions {
        servers = List.copyOf(servers);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("servers: none (expected: at least one)");
        }
        Layout.checkNamespace(namespace);
        check("sessionTimeout", sessionTimeout, Duration.ofMillis(500));
        check("connectTimeout", connectTimeout, Duration.ofMillis(100));
        if (credentials != null && credentials.indexOf(':') <= 0) {
            throw new IllegalArgumentException("credentials: without a user or a password (expected: user:password)");
        }
    }

    private static void check(String name, Duration given, Duration least) {
        if (given.compareTo(least) < 0 || given.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    name + ": " + given.toMillis() + " ms (expected: " + least.toMillis() + " ms to 1 h)");
        }
    }

    /** These servers with the usual settings. */
    public static ZookeeperOptions of(Address... servers) {
        return new ZookeeperOptions(
                List.of(servers), Layout.DEFAULT_NAMESPACE, Duration.ofSeconds(10), Duration.ofSeconds(15), null);
    }

    static ZookeeperOptions of(RegistryUri uri) {
        uri.allow("sessionTimeout", "connectTimeout");
        String user = uri.user();
        String password = uri.password();
        try {
            return new ZookeeperOptions(
                    uri.addresses(DEFAULT_PORT),
                    uri.path().isEmpty() ? Layout.DEFAULT_NAMESPACE : uri.path(),
                    uri.duration("sessionTimeout", Duration.ofSeconds(10)),
                    uri.duration("connectTimeout", Duration.ofSeconds(15)),
                    user == null ? null : user + ":" + (password == null ? "" : password));
        } catch (IllegalArgumentException unusable) {
            throw uri.invalid(unusable.getMessage());
        }
    }

    public ZookeeperOptions withNamespace(String namespace) {
        return new ZookeeperOptions(servers, namespace, sessionTimeout, connectTimeout, credentials);
    }

    public ZookeeperOptions withSessionTimeout(Duration sessionTimeout) {
        return new ZookeeperOptions(servers, namespace, sessionTimeout, connectTimeout, credentials);
    }

    public ZookeeperOptions withConnectTimeout(Duration connectTimeout) {
        return new ZookeeperOptions(servers, namespace, sessionTimeout, connectTimeout, credentials);
    }

    /** Digest authentication. */
    public ZookeeperOptions withCredentials(String user, String password) {
        return new ZookeeperOptions(servers, namespace, sessionTimeout, connectTimeout, user + ":" + password);
    }

    /** As ZooKeeper's client wants it: {@code zk1:2181,zk2:2181}. */
    String connectString() {
        return String.join(",", servers.stream().map(Address::toString).toList());
    }

    /** The registry's URI, without the credentials. */
    @Override
    public String toString() {
        return "zookeeper://" + connectString() + "/" + namespace;
    }
}
