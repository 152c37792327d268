package io.bowline.rpc.registry.zookeeper;

import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.discovery.RegistryUri;
import io.bowline.rpc.testkit.RegistryContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class ZookeeperRegistryTest extends RegistryContract {
    @RegisterExtension
    static final TestZookeeper zookeeper = new TestZookeeper();

    @Override
    protected Registry connect() {
        return RegistryUri.parse(uri()).connect();
    }

    @Override
    protected void stopServer() throws Exception {
        zookeeper.stop();
    }

    @Override
    protected void startServer() throws Exception {
        zookeeper.start();
    }

    @Override
    protected String uri() {
        return zookeeper.uri();
    }
}
