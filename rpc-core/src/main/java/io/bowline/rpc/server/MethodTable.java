package io.bowline.rpc.server;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.Suggestions;
import io.bowline.rpc.transport.MethodId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every method of a server by the names that a call may use: {@code find(long)}, and where no other method of the
 * service bears it, {@code find/1} for callers that know no types. Immutable.
 */
final class MethodTable {
    private final Map<MethodId, ServerMethod> methods;
    private final Map<ServiceName, List<String>> signatures;

    private MethodTable(Map<MethodId, ServerMethod> methods, Map<ServiceName, List<String>> signatures) {
        this.methods = methods;
        this.signatures = signatures;
    }

    /** Fails with {@code DUPLICATE_SERVICE} never: the server's builder has checked that. */
    static MethodTable of(Map<ServiceName, List<ServerMethod>> services) {
        Map<MethodId, ServerMethod> methods = new HashMap<>();
        Map<ServiceName, List<String>> signatures = new HashMap<>();
        services.forEach((service, own) -> {
            signatures.put(
                    service, own.stream().map(method -> method.rpc().name()).toList());
            Set<MethodId> ambiguous = new HashSet<>();
            for (ServerMethod method : own) {
                MethodId shortName = shortName(service, method);
                if (methods.putIfAbsent(shortName, method) != null) {
                    ambiguous.add(shortName);
                }
            }
            ambiguous.forEach(methods::remove);
            own.forEach(method -> methods.put(new MethodId(service, method.rpc().name()), method));
        });
        return new MethodTable(Map.copyOf(methods), Map.copyOf(signatures));
    }

    private static MethodId shortName(ServiceName service, ServerMethod method) {
        return new MethodId(
                service,
                bareName(method.rpc().name()) + "/"
                        + method.rpc().parameterTypes().size());
    }

    @Nullable
    ServerMethod find(MethodId id) {
        return methods.get(id);
    }

    /** Why a method was not found: which versions, groups or methods there are. */
    RpcException notFound(MethodId id, String server) {
        List<String> known = signatures.get(id.service());
        if (known != null) {
            return RpcException.unprocessed(
                    Code.METHOD_NOT_FOUND,
                    server + " offers " + id.service() + " but not its method " + id.method() + "; "
                            + candidates(id.method(), known)
                            + " (do consumer and provider use the same version of the contract?)");
        }
        List<String> services =
                signatures.keySet().stream().map(ServiceName::toString).toList();
        return RpcException.unprocessed(
                Code.SERVICE_NOT_FOUND,
                server + " does not offer " + id.service() + "; "
                        + Suggestions.of(id.service().toString(), services));
    }

    /** Overloads of the nearest name, or the known methods where no name is near. */
    private static String candidates(String method, List<String> known) {
        List<String> names =
                known.stream().map(MethodTable::bareName).distinct().toList();
        String nearest = Suggestions.nearest(bareName(method), names);
        List<String> overloads =
                known.stream().filter(name -> bareName(name).equals(nearest)).toList();
        return overloads.isEmpty()
                ? Suggestions.of(method, known)
                : "did you mean " + String.join(" or ", overloads) + "?";
    }

    private static String bareName(String method) {
        return method.split("[(/]", 2)[0];
    }
}
