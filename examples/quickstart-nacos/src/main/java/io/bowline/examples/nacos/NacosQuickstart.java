package io.bowline.examples.nacos;

import io.bowline.examples.quickstart.Quickstart;
import io.bowline.rpc.registry.nacos.server.NacosServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Starts a real Nacos server in a process of its own, and plays the quickstart through it. */
public final class NacosQuickstart {
    private NacosQuickstart() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("bowline-nacos");
        int exitCode;
        System.out.println("A real Nacos server starts; that takes 10 to 40 seconds.");
        try (NacosServer nacos = NacosServer.start(home)) {
            exitCode = Quickstart.play("nacos://" + nacos.address());
        } finally {
            delete(home);
        }
        System.exit(exitCode);
    }

    private static void delete(Path home) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(home)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }
}
