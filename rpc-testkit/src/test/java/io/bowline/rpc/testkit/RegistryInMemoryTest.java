package io.bowline.rpc.testkit;

import io.bowline.rpc.discovery.InMemoryRegistry;
import io.bowline.rpc.discovery.Registry;
import java.util.Set;

class RegistryInMemoryTest extends RegistryContract {
    private final InMemoryRegistry shared = InMemoryRegistry.create();

    @Override
    protected Registry connect() {
        return shared.another();
    }

    @Override
    protected Set<Capability> capabilities() {
        return Set.of(Capability.CHANGES, Capability.REGISTERING);
    }
}
