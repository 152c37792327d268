package io.bowline.benchmark.micro;

import io.bowline.benchmark.kit.UserService;
import io.bowline.benchmark.kit.Users;
import io.bowline.rpc.Address;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.balance.Node;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.transport.Binding;
import io.bowline.rpc.transport.Connection;
import io.bowline.rpc.transport.LocalTransport;
import io.bowline.rpc.transport.Receiver;
import io.bowline.rpc.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One server under many addresses, and the nodes that a client has for them: connected, each called once. */
final class Fleet implements AutoCloseable {
    private static final Address SERVER = new Address("fleet", 1);

    private final List<Instance> instances;
    private final HandRegistry registry;
    private final LocalTransport transport = new LocalTransport();
    private final CompletableFuture<List<? extends Node>> nodes = new CompletableFuture<>();
    private final RpcServer server;
    private final RpcClient client;

    private Fleet(int providers, boolean mixedWeights) {
        server = RpcServer.builder()
                .transport(transport)
                .listen(SERVER)
                .service(UserService.class, new Users())
                .start();
        List<Instance> all = new ArrayList<>();
        for (int i = 0; i < providers; i++) {
            int weight = mixedWeights ? 50 + i * 37 % 101 : Instance.NORMAL_WEIGHT;
            all.add(Instance.at(new Address("provider-" + i, 1)).withWeight(weight));
        }
        instances = List.copyOf(all);
        registry = new HandRegistry(instances);
        client = RpcClient.builder()
                .transport(new Everywhere(transport))
                .registry(registry)
                .loadBalancer(catching(providers))
                .build();
        client.proxy(UserService.class);
    }

    static Fleet of(int providers, boolean mixedWeights) {
        Fleet fleet = new Fleet(providers, mixedWeights);
        for (Node node : fleet.nodes()) {
            node.invoke(Contract.existUser()).toCompletableFuture().join();
        }
        return fleet;
    }

    List<Instance> instances() {
        return instances;
    }

    /** The registry says something else now. */
    void push(List<Instance> list) {
        registry.push(list);
    }

    List<? extends Node> nodes() {
        return nodes.join();
    }

    /** A balancer that keeps the nodes that it is given, once all are there. */
    private LoadBalancer catching(int providers) {
        return usable -> {
            if (usable.size() == providers) {
                nodes.complete(usable);
            }
            Node first = usable.get(0);
            return request -> first;
        };
    }

    @Override
    public void close() {
        client.close();
        server.close();
        transport.close();
    }

    /** Leads to the one server, whatever the address. */
    private record Everywhere(Transport transport) implements Transport {
        @Override
        public String name() {
            return transport.name();
        }

        @Override
        public CompletionStage<Connection> connect(Address address) {
            return transport.connect(SERVER);
        }

        @Override
        public CompletionStage<Binding> bind(Address address, Receiver receiver) {
            return transport.bind(address, receiver);
        }

        @Override
        public void close() {
            transport.close();
        }
    }
}
