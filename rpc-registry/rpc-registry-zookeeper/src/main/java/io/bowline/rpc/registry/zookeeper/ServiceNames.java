package io.bowline.rpc.registry.zookeeper;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * Asks which services have providers: the services, the applications of each, and which of those have an instance. One
 * question, read once, for messages; nothing is watched. Confined to the registry's thread.
 */
final class ServiceNames {
    private static final int MAX_SERVICES = 1_000;

    private final Session session;
    private final Layout layout;
    private final CompletableFuture<List<String>> result;
    private final Map<String, Set<String>> services = new HashMap<>();
    private final Set<String> found = new TreeSet<>();
    private int open;

    ServiceNames(Session session, Layout layout, CompletableFuture<List<String>> result) {
        this.session = session;
        this.layout = layout;
        this.result = result;
    }

    void ask() {
        session.children(layout.services(), null, (code, names) -> {
            List<String> some = names == null
                    ? List.of()
                    : names.stream().sorted().limit(MAX_SERVICES).toList();
            open = some.size();
            some.forEach(this::askApplications);
            completeWhenDone();
        });
    }

    private void askApplications(String service) {
        session.children(layout.services() + "/" + service, null, (code, names) -> {
            open--;
            for (String application : names == null ? List.<String>of() : names) {
                Set<String> offered = services.get(application);
                if (offered == null) {
                    offered = new TreeSet<>();
                    services.put(application, offered);
                    askInstances(application);
                }
                offered.add(service);
            }
            completeWhenDone();
        });
    }

    private void askInstances(String application) {
        open++;
        session.exists(layout.application(application), null, (code, stat) -> {
            open--;
            if (stat != null && stat.getNumChildren() > 0) {
                found.add(application);
            }
            completeWhenDone();
        });
    }

    private void completeWhenDone() {
        if (open == 0) {
            result.complete(found.stream()
                    .flatMap(application -> services.getOrDefault(application, Set.of()).stream())
                    .map(Layout::decode)
                    .distinct()
                    .sorted()
                    .toList());
        }
    }
}
