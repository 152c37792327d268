package io.bowline.rpc;

/**
 * Where a server listens. Written {@code host:port}; an IPv6 host stands in brackets.
 *
 * @param host a host name or an address literal without brackets; for the local transport, a free name
 * @param port 0 to 65,535; 0 asks the operating system for a free one when binding
 */
public record Address(String host, int port) {
    public Address {
        if (host.isBlank() || host.chars().anyMatch(c -> c <= ' ' || c == '/' || c == '[' || c == ']')) {
            throw new IllegalArgumentException("host: '" + host + "' (expected: a host name or an address literal)");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
        }
    }

    /** Reads {@code host:port} or {@code [v6]:port}. */
    public static Address parse(String text) {
        String trimmed = text.strip();
        int colon = trimmed.lastIndexOf(':');
        String host = colon < 0 ? trimmed : trimmed.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (colon <= 0 || (!bracketed && host.indexOf(':') >= 0)) {
            throw new IllegalArgumentException("address: '" + text + "' (expected: host:port or [ipv6]:port)");
        }
        try {
            int port = Integer.parseInt(trimmed.substring(colon + 1));
            return new Address(bracketed ? host.substring(1, host.length() - 1) : host, port);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "address: '" + text + "' (expected: a number after the last colon)", notANumber);
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
