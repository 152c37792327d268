package io.bowline.examples.quickstart;

import io.bowline.examples.kit.Parent;
import io.bowline.rpc.Address;
import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.discovery.RegistryUri;
import io.bowline.rpc.server.RpcServer;

/** A provider: {@code Provider <its name> <registry>}. It serves until it is told to go, by a signal. */
public final class Provider {
    private Provider() {}

    public static void main(String[] args) throws InterruptedException {
        String name = args[0];
        Registry registry = RegistryUri.parse(args[1]).connect();
        RpcServer server = RpcServer.builder()
                .application(name)
                .listen(new Address("127.0.0.1", 0))
                .registry(registry)
                .service(Greeter.class, who -> new Greeter.Greeting("Hello, " + who, name))
                .start();

        // Closing is gentle: leave the registry, wait until each client has heard it, let running calls end.
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
