package io.bowline.examples.kit;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;

/** A real ZooKeeper server on a free port of the loopback address, with its data in a temporary folder. */
public final class ZooKeeperServer {
    private ZooKeeperServer() {}

    public static void main(String[] args) throws Exception {
        System.setProperty("zookeeper.admin.enableServer", "false");
        System.setProperty("zookeeper.maxCnxns", "100");
        Map<String, Object> loopbackOnly = Map.of("clientPortAddress", "127.0.0.1");
        InstanceSpec spec = new InstanceSpec(null, -1, -1, -1, true, -1, -1, -1, loopbackOnly, "127.0.0.1");
        CountDownLatch end = new CountDownLatch(1);
        Parent.afterIt(end::countDown);
        try (TestingServer server = new TestingServer(spec, true)) {
            System.out.println("listens on " + server.getConnectString());
            end.await();
        }
        System.exit(0);
    }
}
