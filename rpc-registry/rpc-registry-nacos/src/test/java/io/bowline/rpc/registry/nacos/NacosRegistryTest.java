package io.bowline.rpc.registry.nacos;

import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.testkit.RegistryContract;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;

/** Against a real server that asks for a password. */
class NacosRegistryTest extends RegistryContract {
    @BeforeAll
    static void startTheServer() {
        TestServer.shared();
    }

    @Override
    protected Registry connect() {
        return NacosRegistry.connect(TestServer.uri());
    }

    @Override
    protected String uri() {
        return TestServer.uri();
    }

    @Override
    protected void stopServer() {
        TestServer.shared().kill();
    }

    @Override
    protected void startServer() {
        TestServer.shared();
    }

    /** Each interface is a Nacos service of its own. */
    @Override
    protected Instance asHeard(Instance instance, String service) {
        return new Instance(
                instance.id(),
                instance.application(),
                instance.address(),
                instance.services().stream()
                        .filter(offered -> offered.name().equals(service))
                        .toList(),
                instance.serializers(),
                instance.weight(),
                instance.labels());
    }

    /** After a restart: 5 s between two attempts of the vendor's client, then 10 s in which losses are held back. */
    @Override
    protected Duration patience() {
        return Duration.ofSeconds(60);
    }
}
