package io.bowline.rpc.testkit;

import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.discovery.StaticRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

class RegistryStaticTest extends RegistryContract {
    private final List<Instance> known = new ArrayList<>();

    @Override
    protected Registry connect() {
        return StaticRegistry.of(known.toArray(Instance[]::new));
    }

    @Override
    protected void provide(Instance instance) {
        known.add(instance);
    }

    @Override
    protected Set<Capability> capabilities() {
        return Set.of();
    }
}
