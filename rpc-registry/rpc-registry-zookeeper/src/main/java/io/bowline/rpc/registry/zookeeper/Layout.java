package io.bowline.rpc.registry.zookeeper;

import io.bowline.rpc.discovery.Instance;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where things stand in ZooKeeper:
 *
 * <pre>
 * /bowline/services/demo.Orders/shop          which applications offer an interface; empty and persistent
 * /bowline/instances/shop/shop-7f3a           one running process; ephemeral, its value is the instance as text
 * /bowline/rules                              rules of routing, as an operator wrote them; never written here
 * </pre>
 *
 * <p>An instance is written once, however many services it offers, and a consumer watches the children of its own
 * interface and of the applications behind it, and nothing else.
 *
 * <p>Names are free text; in a path all but letters, digits and {@code . _ - $ :} are percent-encoded as UTF-8, and the
 * names that ZooKeeper does not allow, {@code .} and {@code ..} and the empty one, are written with a percent sign too.
 */
record Layout(String namespace) {
    static final String DEFAULT_NAMESPACE = "bowline";
    private static final int MAX_SEGMENT = 1_024;

    static void checkNamespace(String namespace) {
        for (String segment : namespace.split("/", -1)) {
            if (segment.isEmpty() || !segment.equals(encode(segment))) {
                throw new IllegalArgumentException("namespace: '" + namespace.replaceAll("\\p{Cntrl}", "?")
                        + "' (expected: names of letters, digits and . _ - $ :, divided by single slashes)");
            }
        }
        if (namespace.equals("zookeeper") || namespace.startsWith("zookeeper/")) {
            throw new IllegalArgumentException("namespace: 'zookeeper' belongs to ZooKeeper (expected: another)");
        }
    }

    String root() {
        return "/" + namespace;
    }

    String services() {
        return root() + "/services";
    }

    String rules() {
        return root() + "/rules";
    }

    String service(String name) {
        return services() + "/" + encode(name);
    }

    /** The node of an application whose name is encoded already. */
    String application(String encoded) {
        return root() + "/instances/" + encoded;
    }

    String instance(Instance instance) {
        return application(encode(instance.application())) + "/" + encode(instance.id());
    }

    /**
     * Every persistent node that an instance needs, parents first. The application's node stands before the services'
     * nodes that lead to it, and the instance itself comes after all of them.
     */
    List<String> persistent(Instance instance) {
        List<String> paths = new ArrayList<>();
        StringBuilder path = new StringBuilder();
        for (String segment : namespace.split("/", -1)) {
            paths.add(path.append('/').append(segment).toString());
        }
        String application = encode(instance.application());
        paths.add(root() + "/instances");
        paths.add(application(application));
        paths.add(services());
        instance.services().stream().map(service -> service.name()).distinct().forEach(name -> {
            paths.add(service(name));
            paths.add(service(name) + "/" + application);
        });
        return paths;
    }

    static String encode(String name) {
        if (name.isEmpty()) {
            return "%";
        }
        if (name.equals(".") || name.equals("..")) {
            return name.replace(".", "%2E");
        }
        StringBuilder encoded = new StringBuilder(name.length());
        for (byte unit : name.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(unit)) {
                encoded.append((char) unit);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", unit & 0xff));
            }
        }
        if (encoded.length() > MAX_SEGMENT) {
            throw new IllegalArgumentException("a name of " + encoded.length()
                    + " characters when encoded (expected: at most " + MAX_SEGMENT + ")");
        }
        return encoded.toString();
    }

    private static boolean isPlain(byte unit) {
        return (unit >= 'a' && unit <= 'z')
                || (unit >= 'A' && unit <= 'Z')
                || (unit >= '0' && unit <= '9')
                || "._-$:".indexOf(unit) >= 0;
    }

    /** The name of an encoded segment; what is not ours comes out somehow and fits nothing. */
    static String decode(String segment) {
        if (segment.equals("%")) {
            return "";
        }
        byte[] units = new byte[segment.length()];
        int length = 0;
        int at = 0;
        while (at < segment.length()) {
            char c = segment.charAt(at);
            int high = c == '%' && at + 2 < segment.length() ? Character.digit(segment.charAt(at + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(segment.charAt(at + 2), 16) : -1;
            units[length++] = (byte) (low >= 0 ? high << 4 | low : c);
            at += low >= 0 ? 3 : 1;
        }
        return new String(units, 0, length, StandardCharsets.UTF_8);
    }
}
