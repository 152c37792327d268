package io.bowline.rpc.discovery;

import io.bowline.rpc.Address;
import io.bowline.rpc.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One running provider process, as a registry holds it.
 *
 * @param id unique among all instances, at any time: a restarted process is another instance
 * @param application the application's name
 * @param address where it listens
 * @param services what it offers; empty where that is not known (static addresses), then it is asked for anything
 * @param serializers the names of the serializers it accepts; empty where that is not known
 * @param weight its share of the calls relative to others, 0 to 10,000; 100 is normal, 0 takes none
 * @param labels free text for routing: {@code tag}, {@code zone}, …
 */
public record Instance(
        String id,
        String application,
        Address address,
        List<ServiceName> services,
        Set<String> serializers,
        int weight,
        Map<String, String> labels) {
    /** The weight of an instance that says nothing. */
    public static final int NORMAL_WEIGHT = 100;

    /** The largest weight. */
    public static final int MAX_WEIGHT = 10_000;

    public Instance {
        if (id.isBlank()) {
            throw new IllegalArgumentException("instance id: '" + id + "' (expected: not blank)");
        }
        if (weight < 0 || weight > MAX_WEIGHT) {
            throw new IllegalArgumentException("weight: " + weight + " (expected: 0 to " + MAX_WEIGHT + ")");
        }
        services = List.copyOf(services);
        serializers = Set.copyOf(serializers);
        labels = Map.copyOf(labels);
    }

    /** An instance of which only the address is known. */
    public static Instance at(Address address) {
        return new Instance(address.toString(), "", address, List.of(), Set.of(), NORMAL_WEIGHT, Map.of());
    }

    /** Whether it offers the service in this version and group; true where its services are not known. */
    public boolean offers(ServiceName service) {
        return services.isEmpty() || services.contains(service);
    }

    /** Whether it offers the interface in any version and group; true where its services are not known. */
    public boolean offers(String service) {
        return services.isEmpty()
                || services.stream().anyMatch(offered -> offered.name().equals(service));
    }

    public Instance withWeight(int weight) {
        return new Instance(id, application, address, services, serializers, weight, labels);
    }
}
