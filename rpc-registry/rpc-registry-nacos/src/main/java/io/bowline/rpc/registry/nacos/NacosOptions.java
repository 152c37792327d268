package io.bowline.rpc.registry.nacos;

import io.bowline.rpc.Address;
import io.bowline.rpc.discovery.RegistryUri;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which Nacos, and where in it. As a URI: {@code nacos://n1:8848,n2?namespace=dev&group=bowline&cluster=east}, with
 * {@code user:password@} before the hosts or {@code username} and {@code password} among the options.
 *
 * @param servers the main ports of some or all servers; gRPC is reached 1,000 above each
 * @param namespace the namespace's id, not its shown name; empty for {@code public}
 * @param group the group that holds our services; consumers see the providers of their own group only
 * @param cluster the cluster under which providers register; consumers see all clusters, a cluster other than {@code
 *     DEFAULT} as the label {@code cluster}
 * @param username null where Nacos asks for no password
 * @param password null where Nacos asks for no password
 */
public record NacosOptions(
        List<Address> servers,
        String namespace,
        String group,
        String cluster,
        @Nullable String username,
        @Nullable String password) {
    /** The group of a registry that names none; our own, so that a console shows our services apart from others. */
    public static final String GROUP = "bowline";

    /** The cluster of a registry that names none; Nacos' own name for it. */
    public static final String CLUSTER = "DEFAULT";

    private static final int PORT = 8848;

    // What Nacos accepts; checked here because a server that refuses a name says so late and in another process's log.
    private static final Pattern NAMESPACES = Pattern.compile("[\\w-]{0,64}");
    private static final Pattern GROUPS = Pattern.compile("[a-zA-Z0-9_:.-]{1,128}");
    private static final Pattern CLUSTERS = Pattern.compile("[a-zA-Z0-9-]{1,64}");

    public NacosOptions {
        servers = List.copyOf(servers);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("servers: none (expected: at least one)");
        }
        check("namespace", namespace, NAMESPACES);
        check("group", group, GROUPS);
        check("cluster", cluster, CLUSTERS);
        if ((username == null) != (password == null)) {
            throw new IllegalArgumentException("one of username and password (expected: both or none)");
        }
    }

    private static void check(String name, String value, Pattern form) {
        if (!form.matcher(value).matches()) {
            throw new IllegalArgumentException(name + ": '" + value + "' (expected: " + form.pattern() + ")");
        }
    }

    /** The public namespace, our group, the default cluster, no password. */
    public static NacosOptions of(Address... servers) {
        return new NacosOptions(List.of(servers), "", GROUP, CLUSTER, null, null);
    }

    public NacosOptions withNamespace(String namespace) {
        return new NacosOptions(servers, namespace, group, cluster, username, password);
    }

    public NacosOptions withGroup(String group) {
        return new NacosOptions(servers, namespace, group, cluster, username, password);
    }

    public NacosOptions withCluster(String cluster) {
        return new NacosOptions(servers, namespace, group, cluster, username, password);
    }

    public NacosOptions withUser(String username, String password) {
        return new NacosOptions(servers, namespace, group, cluster, username, password);
    }

    static NacosOptions of(RegistryUri uri) {
        uri.allow("namespace", "group", "cluster", "username", "password");
        if (!uri.path().isEmpty()) {
            throw uri.invalid("a path (expected: nacos://host:8848?namespace=" + uri.path() + ")");
        }
        if (uri.user() != null && uri.option("username") != null) {
            throw uri.invalid("a user before the hosts and one among the options (expected: one of them)");
        }
        boolean before = uri.user() != null;
        try {
            return new NacosOptions(
                    uri.addresses(PORT),
                    uri.option("namespace", ""),
                    uri.option("group", GROUP),
                    uri.option("cluster", CLUSTER),
                    before ? uri.user() : uri.option("username"),
                    before ? uri.password() : uri.option("password"));
        } catch (IllegalArgumentException unusable) {
            throw uri.invalid(unusable.getMessage());
        }
    }

    /** As Nacos wants them: {@code host:port,host:port}. */
    String serverList() {
        return servers.stream().map(Address::toString).collect(Collectors.joining(","));
    }

    /** The URI without user, password and cluster: for messages. */
    @Override
    public String toString() {
        return "nacos://" + serverList() + "?namespace=" + (namespace.isEmpty() ? "public" : namespace) + "&group="
                + group;
    }
}
