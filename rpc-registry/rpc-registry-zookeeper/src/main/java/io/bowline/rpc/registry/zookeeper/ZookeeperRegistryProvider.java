package io.bowline.rpc.registry.zookeeper;

import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.discovery.RegistryProvider;
import io.bowline.rpc.discovery.RegistryUri;

/** {@code zookeeper://[user:password@]host[:port],…[/namespace]?sessionTimeout=10s&connectTimeout=15s}. */
public final class ZookeeperRegistryProvider implements RegistryProvider {
    @Override
    public String scheme() {
        return "zookeeper";
    }

    @Override
    public Registry connect(RegistryUri uri) {
        return ZookeeperRegistry.connect(ZookeeperOptions.of(uri));
    }
}
