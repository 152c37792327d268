package io.bowline.examples.nacos;

import io.bowline.examples.kit.TemporaryFolder;
import io.bowline.examples.quickstart.Quickstart;
import io.bowline.rpc.registry.nacos.server.NacosServer;
import java.io.IOException;

/** Starts a real Nacos server in a process of its own, and plays the quickstart through it. */
public final class NacosQuickstart {
    private NacosQuickstart() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int exitCode;
        System.out.println("A real Nacos server starts; that takes 10 to 40 seconds.");
        try (TemporaryFolder home = TemporaryFolder.create();
                NacosServer nacos = NacosServer.start(home.path())) {
            exitCode = Quickstart.play("nacos://" + nacos.address());
        }
        System.exit(exitCode);
    }
}
