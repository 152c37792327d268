package io.bowline.rpc;

/**
 * What a provider offers and a consumer asks for: an interface in one version and one group. Two versions or groups of
 * one interface stand side by side, in one process too.
 *
 * @param name the interface's fully qualified name
 * @param version free text, compared exactly; empty for none
 * @param group free text, compared exactly; empty for none
 */
public record ServiceName(String name, String version, String group) {
    public ServiceName {
        if (name.isBlank()) {
            throw new IllegalArgumentException("service name: '" + name + "' (expected: not blank)");
        }
    }

    /** A service without version and group. */
    public static ServiceName of(String name) {
        return new ServiceName(name, "", "");
    }

    public ServiceName withVersion(String version) {
        return new ServiceName(name, version, group);
    }

    public ServiceName withGroup(String group) {
        return new ServiceName(name, version, group);
    }

    /** {@code demo.Greeter}, {@code demo.Greeter:1.2}, {@code blue/demo.Greeter:1.2}. */
    @Override
    public String toString() {
        return (group.isEmpty() ? "" : group + "/") + name + (version.isEmpty() ? "" : ":" + version);
    }
}
