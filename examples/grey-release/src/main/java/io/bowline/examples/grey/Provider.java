package io.bowline.examples.grey;

import io.bowline.examples.kit.Parent;
import io.bowline.rpc.Address;
import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.discovery.RegistryUri;
import io.bowline.rpc.server.RpcServer;

/** A provider: {@code Provider <build> <registry>}. All that makes it grey is its label. */
public final class Provider {
    private Provider() {}

    public static void main(String[] args) throws InterruptedException {
        String build = args[0];
        Registry registry = RegistryUri.parse(args[1]).connect();
        RpcServer server = RpcServer.builder()
                .application("prices")
                .listen(new Address("127.0.0.1", 0))
                .registry(registry)
                .label("build", build)
                .service(Prices.class, article -> new Prices.Price(420, build))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            registry.close();
            System.out.println("has left");
        }));
        Parent.endWithIt();
        System.out.println("ready");
        server.awaitTermination();
    }
}
