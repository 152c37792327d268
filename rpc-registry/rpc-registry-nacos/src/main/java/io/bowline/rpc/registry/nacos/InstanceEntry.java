package io.bowline.rpc.registry.nacos;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.discovery.Instance;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One instance under one interface, as Nacos holds it. Address, weight and cluster are Nacos' own fields, so its console
 * can change them; the rest is metadata, readable there:
 *
 * <pre>
 * bowline              1                    the form; another value is not read
 * bowline.id           orders-7f3a
 * bowline.application  orders
 * bowline.offers       /1.2,blue/2.0        group/version pairs of this interface; absent for one without both
 * bowline.serializers  json,protostuff
 * label.zone           eu-1                 one a label
 * </pre>
 *
 * <p>Parts of {@code offers} and {@code serializers} are form-encoded. Nacos' weight 1.0 is our 100.
 */
final class InstanceEntry {
    /** The most characters of metadata that a Nacos server takes, keys and values together. */
    private static final int MOST_WRITTEN = 1_024;

    /** The most that is read: a console, or a server with a higher limit, may have added to it. */
    private static final int MOST_READ = 16 * 1_024;

    private static final int LONGEST_HOST = 255;

    private static final String FORM = "bowline";
    private static final String CURRENT = "1";
    private static final String ID = "bowline.id";
    private static final String APPLICATION = "bowline.application";
    private static final String OFFERS = "bowline.offers";
    private static final String SERIALIZERS = "bowline.serializers";
    private static final String LABEL = "label.";
    private static final String CLUSTER_LABEL = "cluster";

    private InstanceEntry() {}

    /** @throws RpcException {@code INVALID_CONFIGURATION} when Nacos would refuse it */
    static com.alibaba.nacos.api.naming.pojo.Instance write(Instance instance, String service, String cluster) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(FORM, CURRENT);
        metadata.put(ID, instance.id());
        if (!instance.application().isEmpty()) {
            metadata.put(APPLICATION, instance.application());
        }
        List<ServiceName> offered = instance.services().stream()
                .filter(name -> name.name().equals(service))
                .toList();
        if (!offered.equals(List.of(ServiceName.of(service)))) {
            metadata.put(OFFERS, join(offered.stream(), name -> encode(name.group()) + "/" + encode(name.version())));
        }
        if (!instance.serializers().isEmpty()) {
            metadata.put(SERIALIZERS, join(new TreeSet<>(instance.serializers()).stream(), InstanceEntry::encode));
        }
        new TreeMap<>(instance.labels()).forEach((name, value) -> metadata.put(LABEL + name, value));
        checkSize(instance, service, metadata);

        com.alibaba.nacos.api.naming.pojo.Instance entry = new com.alibaba.nacos.api.naming.pojo.Instance();
        entry.setIp(instance.address().host());
        entry.setPort(instance.address().port());
        entry.setWeight(instance.weight() / (double) Instance.NORMAL_WEIGHT);
        entry.setClusterName(cluster);
        entry.setEphemeral(true);
        entry.setMetadata(metadata);
        return entry;
    }

    private static void checkSize(Instance instance, String service, Map<String, String> metadata) {
        int size = size(metadata);
        if (size > MOST_WRITTEN) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "instance of application '" + instance.application() + "': " + size
                            + " characters of Nacos metadata for " + service + " (expected: at most " + MOST_WRITTEN
                            + ", Nacos' limit); shorten its labels, or the list of versions and groups");
        }
    }

    private static int size(Map<String, String> metadata) {
        long size = 0;
        for (Map.Entry<String, String> fact : metadata.entrySet()) {
            size += fact.getKey().length()
                    + (fact.getValue() == null ? 0 : fact.getValue().length());
        }
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    private static <T> String join(Stream<T> values, Function<T, String> text) {
        return values.map(text).collect(Collectors.joining(","));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Whether an operator or Nacos took the entry out of service. */
    static boolean inService(com.alibaba.nacos.api.naming.pojo.Instance entry) {
        return entry.isEnabled() && entry.isHealthy();
    }

    /** The id of one of our instances; empty for another's. */
    static String id(com.alibaba.nacos.api.naming.pojo.Instance entry) {
        return entry.getMetadata() == null ? "" : entry.getMetadata().getOrDefault(ID, "");
    }

    /** @throws IllegalArgumentException when it is not one of ours; the message repeats nothing of what stood there */
    static Instance read(com.alibaba.nacos.api.naming.pojo.Instance entry, String service) {
        Map<String, String> metadata = entry.getMetadata();
        if (metadata == null || !CURRENT.equals(metadata.get(FORM))) {
            throw new IllegalArgumentException("no metadata " + FORM + "=" + CURRENT + ": not an instance of ours");
        }
        if (size(metadata) > MOST_READ) {
            throw new IllegalArgumentException("more than " + MOST_READ + " characters of metadata");
        }
        String id = metadata.get(ID);
        String host = entry.getIp();
        if (id == null || id.isBlank() || host == null || host.length() > LONGEST_HOST) {
            throw new IllegalArgumentException("no " + ID + ", or no usable address");
        }
        return new Instance(
                id,
                metadata.getOrDefault(APPLICATION, ""),
                address(host, entry.getPort()),
                offers(metadata.get(OFFERS), service),
                serializers(metadata.getOrDefault(SERIALIZERS, "")),
                weight(entry.getWeight()),
                labels(metadata, entry.getClusterName()));
    }

    private static Address address(String host, int port) {
        try {
            return new Address(host, port);
        } catch (IllegalArgumentException unusable) {
            throw new IllegalArgumentException("no usable address", unusable);
        }
    }

    private static List<ServiceName> offers(@Nullable String text, String service) {
        if (text == null) {
            return List.of(ServiceName.of(service));
        }
        List<ServiceName> offers = new ArrayList<>();
        for (String pair : text.split(",", -1)) {
            int slash = pair.indexOf('/');
            if (slash < 0) {
                throw new IllegalArgumentException(OFFERS + " is not a list of group/version");
            }
            try {
                offers.add(
                        new ServiceName(service, decode(pair.substring(slash + 1)), decode(pair.substring(0, slash))));
            } catch (IllegalArgumentException malformed) {
                throw new IllegalArgumentException(OFFERS + " is not form-encoded", malformed);
            }
        }
        return offers;
    }

    private static Set<String> serializers(String text) {
        Set<String> names = new TreeSet<>();
        try {
            for (String name : text.split(",", -1)) {
                if (!name.isBlank()) {
                    names.add(decode(name));
                }
            }
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(SERIALIZERS + " is not form-encoded", malformed);
        }
        return names;
    }

    private static int weight(double told) {
        if (!(told >= 0)) {
            throw new IllegalArgumentException("a weight below zero, or none");
        }
        long scaled = Math.round(told * Instance.NORMAL_WEIGHT);
        return (int) Math.min(Instance.MAX_WEIGHT, told > 0 ? Math.max(1, scaled) : 0);
    }

    private static Map<String, String> labels(Map<String, String> metadata, @Nullable String cluster) {
        Map<String, String> labels = new HashMap<>();
        if (cluster != null && !cluster.equals(NacosOptions.CLUSTER)) {
            labels.put(CLUSTER_LABEL, cluster);
        }
        metadata.forEach((key, value) -> {
            if (key.startsWith(LABEL) && value != null) {
                labels.put(key.substring(LABEL.length()), value);
            }
        });
        return labels;
    }
}
