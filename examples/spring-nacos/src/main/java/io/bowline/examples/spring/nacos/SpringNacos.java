package io.bowline.examples.spring.nacos;

import io.bowline.examples.kit.TemporaryFolder;
import io.bowline.examples.spring.SpringExample;
import io.bowline.rpc.registry.nacos.server.NacosServer;
import java.io.IOException;

/** Starts a real Nacos server in a process of its own, and plays the example through it. */
public final class SpringNacos {
    private SpringNacos() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        System.out.println("A real Nacos server starts; that takes 10 to 40 seconds.");
        try (TemporaryFolder home = TemporaryFolder.create();
                NacosServer nacos = NacosServer.start(home.path())) {
            SpringExample.play("nacos://" + nacos.address());
        }
        System.exit(0);
    }
}
