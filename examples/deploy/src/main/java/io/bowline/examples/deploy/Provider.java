package io.bowline.examples.deploy;

import io.bowline.rpc.Address;
import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.discovery.RegistryUri;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.server.RpcServerBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * A provider that reads its environment:
 *
 * <ul>
 *   <li>{@code REGISTRY}: a URI, {@code zookeeper://zookeeper:2181}
 *   <li>{@code PORT}: where to listen; any free port unless given
 *   <li>{@code ADVERTISE}: the host that consumers reach it by, where it cannot find that out itself
 *   <li>{@code DRAIN_GRACE_SECONDS}: how long calls under way may take when it is told to stop; 30 unless given
 *   <li>{@code NODE}: the name that it goes by
 * </ul>
 */
public final class Provider {
    private Provider() {}

    public static void main(String[] args) throws InterruptedException {
        Map<String, String> environment = System.getenv();
        String node = environment.getOrDefault("NODE", "clock");
        Registry registry =
                RegistryUri.parse(environment.getOrDefault("REGISTRY", "")).connect();
        RpcServerBuilder builder = RpcServer.builder()
                .application("clock")
                .port(Integer.parseInt(environment.getOrDefault("PORT", "0")))
                .drainGrace(Duration.ofSeconds(Long.parseLong(environment.getOrDefault("DRAIN_GRACE_SECONDS", "30"))))
                .registry(registry)
                .service(Clock.class, () -> new Clock.Reading(Instant.now(), node));
        String advertised = environment.get("ADVERTISE");
        if (advertised != null) {
            builder.advertise(new Address(advertised, 0));
        }
        RpcServer server = builder.start();
        // A container is stopped by SIGTERM. Closing is gentle: no caller notices, and nothing has to wait beforehand.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            registry.close();
        }));
        server.awaitTermination();
    }
}
