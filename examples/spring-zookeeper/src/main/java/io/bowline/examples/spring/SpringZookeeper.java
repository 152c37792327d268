package io.bowline.examples.spring;

import io.bowline.examples.kit.Child;
import io.bowline.examples.kit.ZooKeeperServer;
import java.io.IOException;

/** Starts a real ZooKeeper server in a process of its own, and plays the example through it. */
public final class SpringZookeeper {
    private SpringZookeeper() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        try (Child zookeeper = Child.start("zookeeper", ZooKeeperServer.class)) {
            SpringExample.play(
                    "zookeeper://" + zookeeper.await("listens on (.*)").group(1) + "/spring");
        }
        System.exit(0);
    }
}
