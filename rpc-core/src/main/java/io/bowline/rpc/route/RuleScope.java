package io.bowline.rpc.route;

import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which services and methods a rule is about.
 *
 * @param service an interface, {@code demo.Orders}; the beginning of names, {@code demo.*}; or {@code *}
 * @param version the only version; null for all
 * @param group the only group; null for all
 * @param methods names, {@code find}, or overloads, {@code find(long)}; empty for all
 */
public record RuleScope(
        String service, @Nullable String version, @Nullable String group, List<String> methods) {
    public RuleScope {
        int star = service.indexOf('*');
        if (service.isBlank() || (star >= 0 && star != service.length() - 1)) {
            throw new IllegalArgumentException(
                    "service: '" + service + "' (expected: an interface, the beginning of names and *, or *)");
        }
        if (methods.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("methods: '' (expected: find or find(long))");
        }
        methods = List.copyOf(methods);
    }

    /** All methods of a service, in every version and group. */
    public static RuleScope of(String service) {
        return new RuleScope(service, null, null, List.of());
    }

    public RuleScope withMethods(String... methods) {
        return new RuleScope(service, version, group, List.of(methods));
    }

    boolean covers(ServiceName name) {
        boolean named = service.endsWith("*")
                ? name.name().startsWith(service.substring(0, service.length() - 1))
                : name.name().equals(service);
        return named
                && (version == null || version.equals(name.version()))
                && (group == null || group.equals(name.group()));
    }

    boolean covers(RpcMethod method) {
        return methods.isEmpty() || methods.stream().anyMatch(wanted -> isNamed(method.name(), wanted));
    }

    /** On the wire, a method is {@code find(long)}; that of a generic call may be {@code find/1}. */
    private static boolean isNamed(String name, String wanted) {
        return name.startsWith(wanted)
                && (name.length() == wanted.length()
                        || name.charAt(wanted.length()) == '('
                        || name.charAt(wanted.length()) == '/');
    }
}
