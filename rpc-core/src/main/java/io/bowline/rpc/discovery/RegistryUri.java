package io.bowline.rpc.discovery;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.Plugins;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.Suggestions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a registry is, as configuration writes it: {@code zookeeper://zk1:2181,zk2/namespace?sessionTimeout=10s}.
 * Parsed once, at the edge; nothing behind a {@link RegistryProvider} sees the text.
 *
 * <p>The form is {@code scheme://[user:password@]host[:port],…/path?name=value&…}; user, password, path and values are
 * percent-encoded where they hold reserved characters. No message and no {@code toString} shows the user, the password
 * or the value of an option that was not asked for by {@link #describe}.
 */
public final class RegistryUri {
    private static final Pattern FORM = Pattern.compile("([a-z][a-z0-9+.-]*)://([^/?]*)(/[^?]*)?(\\?.*)?");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final int MAX_LENGTH = 8_192;

    private final String scheme;
    private final @Nullable String user;
    private final @Nullable String password;
    private final List<String> hosts;
    private final String path;
    private final Map<String, String> options;

    private RegistryUri(
            String scheme,
            @Nullable String user,
            @Nullable String password,
            List<String> hosts,
            String path,
            Map<String, String> options) {
        this.scheme = scheme;
        this.user = user;
        this.password = password;
        this.hosts = hosts;
        this.path = path;
        this.options = options;
    }

    /**
     * Reads a URI.
     *
     * @throws RpcException {@code INVALID_CONFIGURATION} when the text does not have the form
     */
    public static RegistryUri parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (text.length() > MAX_LENGTH || !form.matches()) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "registry: not a URI like zookeeper://zk1:2181,zk2/namespace or static://10.0.0.1:9000 (at most "
                            + MAX_LENGTH + " characters, the scheme in lower case)");
        }
        String scheme = part(form, 1);
        try {
            String authority = part(form, 2);
            int at = authority.lastIndexOf('@');
            String credentials = at < 0 ? "" : authority.substring(0, at);
            int colon = credentials.indexOf(':');
            String user = colon < 0 ? credentials : credentials.substring(0, colon);
            return new RegistryUri(
                    scheme,
                    at < 0 ? null : PercentCode.decode(user),
                    colon < 0 ? null : PercentCode.decode(credentials.substring(colon + 1)),
                    hosts(authority.substring(at + 1)),
                    path(part(form, 3)),
                    options(part(form, 4)));
        } catch (IllegalArgumentException malformed) {
            throw RpcException.of(Code.INVALID_CONFIGURATION, "registry " + scheme + "://…: " + malformed.getMessage());
        }
    }

    /**
     * The registry that this names, through the {@link RegistryProvider} of its scheme. Does not wait for a server.
     *
     * @throws RpcException {@code INVALID_CONFIGURATION} when no provider knows the scheme, or its provider refuses
     */
    public Registry connect() {
        return Plugins.load(RegistryProvider.class, RegistryProvider::scheme)
                .named(scheme)
                .connect(this);
    }

    private static String part(Matcher form, int group) {
        String part = form.group(group);
        return part == null ? "" : part;
    }

    private static List<String> hosts(String authority) {
        List<String> hosts = new ArrayList<>();
        for (String host : authority.split(",", -1)) {
            if (!host.isBlank()) {
                hosts.add(host.strip());
            } else if (!authority.isEmpty()) {
                throw new IllegalArgumentException("an empty host (expected: host:port,host:port)");
            }
        }
        return List.copyOf(hosts);
    }

    private static String path(String raw) {
        String bare = raw.startsWith("/") ? raw.substring(1) : raw;
        return PercentCode.decode(bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare);
    }

    private static Map<String, String> options(String query) {
        Map<String, String> options = new LinkedHashMap<>();
        if (query.length() <= 1) {
            return options;
        }
        for (String pair : query.substring(1).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException("an option without name or value (expected: name=value)");
            }
            String name = PercentCode.decode(pair.substring(0, equals));
            if (options.put(name, PercentCode.decode(pair.substring(equals + 1))) != null) {
                throw new IllegalArgumentException("option '" + name + "' stands twice");
            }
        }
        return options;
    }

    /** The kind of registry: {@code zookeeper}. */
    public String scheme() {
        return scheme;
    }

    /** The name before the {@code @}. */
    public @Nullable String user() {
        return user;
    }

    /** What stands between the first colon and the {@code @}. Never log it. */
    public @Nullable String password() {
        return password;
    }

    /** The hosts as written, each with or without a port. */
    public List<String> hosts() {
        return hosts;
    }

    /**
     * The hosts as addresses.
     *
     * @param defaultPort the port of a host that names none; negative when each must name one
     */
    public List<Address> addresses(int defaultPort) {
        if (hosts.isEmpty()) {
            throw invalid("no host (expected: " + scheme + "://host:port)");
        }
        List<Address> addresses = new ArrayList<>();
        for (String host : hosts) {
            boolean hasPort = host.lastIndexOf(':') > host.lastIndexOf(']');
            try {
                addresses.add(Address.parse(hasPort || defaultPort < 0 ? host : host + ":" + defaultPort));
            } catch (IllegalArgumentException malformed) {
                throw invalid(malformed.getMessage());
            }
        }
        return List.copyOf(addresses);
    }

    /** The path without its first and last slash; empty where there is none. */
    public String path() {
        return path;
    }

    /** Refuses every option but these. A provider asks this first. */
    public RegistryUri allow(String... known) {
        List<String> names = List.of(known);
        for (String name : options.keySet()) {
            if (!names.contains(name)) {
                throw invalid("unknown option '" + name + "'; " + Suggestions.of(name, names));
            }
        }
        return this;
    }

    /** An option's text; null where it is not given. */
    public @Nullable String option(String name) {
        return options.get(name);
    }

    /** An option's text, or the default. */
    public String option(String name, String byDefault) {
        return options.getOrDefault(name, byDefault);
    }

    /** An option like {@code 300ms}, {@code 5s}, {@code 2m}, {@code 1h}. */
    public Duration duration(String name, Duration byDefault) {
        String text = options.get(name);
        if (text == null) {
            return byDefault;
        }
        Matcher form = DURATION.matcher(text.toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            throw invalid(name + ": '" + text + "' (expected: a duration like 300ms, 5s, 2m)");
        }
        long amount = Long.parseLong(part(form, 1));
        return switch (part(form, 2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    /** An option that is a whole number within bounds. */
    public int integer(String name, int byDefault, int least, int most) {
        String text = options.get(name);
        if (text == null) {
            return byDefault;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, like a number out of bounds.
        }
        throw invalid(name + ": '" + text + "' (expected: a number from " + least + " to " + most + ")");
    }

    /** A failure that names this registry: {@code zookeeper://zk1:2181/bowline: …}. */
    public RpcException invalid(@Nullable String problem) {
        return RpcException.of(Code.INVALID_CONFIGURATION, "registry " + this + ": " + problem);
    }

    /** Scheme, hosts, path and the named options, where given: for messages. Name no secret. */
    public String describe(String... shown) {
        StringBuilder text = new StringBuilder(scheme).append("://").append(String.join(",", hosts));
        if (!path.isEmpty()) {
            text.append('/').append(path);
        }
        char separator = '?';
        for (String name : shown) {
            if (options.containsKey(name)) {
                text.append(separator).append(name).append('=').append(options.get(name));
                separator = '&';
            }
        }
        return text.toString();
    }

    /** Scheme, hosts and path. */
    @Override
    public String toString() {
        return describe();
    }
}
