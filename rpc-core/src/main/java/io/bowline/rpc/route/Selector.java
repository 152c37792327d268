package io.bowline.rpc.route;

import io.bowline.rpc.Address;
import io.bowline.rpc.balance.Node;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Some of the providers: those at one of the addresses, and with all of the labels.
 *
 * @param addresses {@code host:port}, {@code host} for every port, {@code 10.1.*} for every host that begins so; empty for
 *     any
 * @param labels what each label has to be; empty for any
 */
public record Selector(List<String> addresses, Map<String, Match> labels) {
    public Selector {
        if (addresses.isEmpty() && labels.isEmpty()) {
            throw new IllegalArgumentException("providers: none named (expected: addresses, labels, or both)");
        }
        for (String address : addresses) {
            int star = address.indexOf('*');
            if (address.isBlank() || (star >= 0 && (star == 0 || star != address.length() - 1))) {
                throw new IllegalArgumentException(
                        "address: '" + address + "' (expected: host:port, host, or the beginning of a host and *)");
            }
        }
        addresses = List.copyOf(addresses);
        labels = Map.copyOf(labels);
    }

    /** Those with a label that is one of these values. */
    public static Selector label(String name, String... values) {
        return new Selector(List.of(), Map.of(name, Match.oneOf(values)));
    }

    /** Those at these addresses. */
    public static Selector at(String... addresses) {
        return new Selector(List.of(addresses), Map.of());
    }

    boolean test(Node node) {
        return test(node.address(), node::label);
    }

    /** @param label what a provider says of a label; empty for nothing */
    boolean test(Address address, UnaryOperator<String> label) {
        return testAddress(address) && testLabels(label);
    }

    private boolean testAddress(Address provider) {
        String host = provider.host();
        String whole = provider.toString();
        for (String address : addresses) {
            boolean prefix = address.endsWith("*");
            if (prefix ? host.startsWith(address.substring(0, address.length() - 1)) : isAt(address, host, whole)) {
                return true;
            }
        }
        return addresses.isEmpty();
    }

    private static boolean isAt(String address, String host, String whole) {
        return address.equals(host) || address.equals(whole);
    }

    private boolean testLabels(UnaryOperator<String> labelOf) {
        for (Map.Entry<String, Match> label : labels.entrySet()) {
            String value = labelOf.apply(label.getKey());
            if (!label.getValue().test(value.isEmpty() ? null : value)) {
                return false;
            }
        }
        return true;
    }
}
