package io.bowline.rpc.registry.zookeeper;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real ZooKeeper server for the tests of a class: in this JVM, on a free port, with its data on disk. */
final class TestZookeeper implements BeforeAllCallback, AfterAllCallback {
    static final Duration SESSION = Duration.ofSeconds(2);

    static {
        System.setProperty("zookeeper.admin.enableServer", "false");
    }

    private TestingServer server;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        InstanceSpec spec = new InstanceSpec(null, -1, -1, -1, true, -1, 200, 200, Map.of(), "127.0.0.1");
        server = new TestingServer(spec, true);
    }

    String connectString() {
        return server.getConnectString();
    }

    String uri() {
        return "zookeeper://" + connectString() + "/test/bowline?sessionTimeout=" + SESSION.toMillis() + "ms";
    }

    /** A client that is not ours, to see and to do what others could. */
    ZooKeeper client() throws IOException {
        return new ZooKeeper(connectString(), Math.toIntExact(SESSION.toMillis()), event -> {});
    }

    void stop() throws Exception {
        server.stop();
    }

    /** Starts it again: the same port, the same data. */
    void start() throws Exception {
        server.restart();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        server.close();
    }
}
