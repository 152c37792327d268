package io.bowline.rpc.testkit;

import io.bowline.rpc.Address;
import io.bowline.rpc.transport.Binding;
import io.bowline.rpc.transport.Connection;
import io.bowline.rpc.transport.Receiver;
import io.bowline.rpc.transport.Transport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Connects to one address only once it is let. */
record HeldTransport(Transport transport, Address held, CompletableFuture<Void> gate) implements Transport {
    HeldTransport(Transport transport, Address held) {
        this(transport, held, new CompletableFuture<>());
    }

    void release() {
        gate.complete(null);
    }

    @Override
    public String name() {
        return transport.name();
    }

    @Override
    public CompletionStage<Connection> connect(Address address) {
        return address.equals(held) ? gate.thenCompose(open -> transport.connect(address)) : transport.connect(address);
    }

    @Override
    public CompletionStage<Binding> bind(Address address, Receiver receiver) {
        return transport.bind(address, receiver);
    }

    @Override
    public void close() {}
}
