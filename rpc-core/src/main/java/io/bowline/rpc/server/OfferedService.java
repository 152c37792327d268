package io.bowline.rpc.server;

import io.bowline.rpc.ServiceName;
import java.util.List;
import java.util.Map;

/**
 * A service that a server offers, as it stands.
 *
 * @param name the interface, in its version and group
 * @param implementation the name of the class that stands behind it
 * @param methods their names with parameter types, {@code find(long)}, sorted
 * @param weight its share of the calls, as registered
 * @param labels free text for routing, as registered
 */
public record OfferedService(
        ServiceName name, String implementation, List<String> methods, int weight, Map<String, String> labels) {
    public OfferedService {
        methods = List.copyOf(methods);
        labels = Map.copyOf(labels);
    }

    static OfferedService of(ServiceExport export, ServerOptions server) {
        return new OfferedService(
                export.contract().name(),
                export.implementation().getName(),
                export.contract().methods().stream()
                        .map(method -> method.rpc().name())
                        .toList(),
                export.weight(server),
                export.labels(server));
    }
}
