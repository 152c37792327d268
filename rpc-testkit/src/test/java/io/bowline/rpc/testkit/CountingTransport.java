package io.bowline.rpc.testkit;

import io.bowline.rpc.Address;
import io.bowline.rpc.transport.Binding;
import io.bowline.rpc.transport.Connection;
import io.bowline.rpc.transport.OutboundCall;
import io.bowline.rpc.transport.Peer;
import io.bowline.rpc.transport.Receiver;
import io.bowline.rpc.transport.Transport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Connects at once, and answers no call. */
final class CountingTransport implements Transport {
    final Map<Address, CountedConnection> open = new LinkedHashMap<>();
    int connects;
    int calls;

    void lose(Address address) {
        open.get(address).close();
    }

    @Override
    public CompletionStage<Connection> connect(Address address) {
        connects++;
        CountedConnection connection = new CountedConnection(address, () -> calls++, open::remove);
        open.put(address, connection);
        return CompletableFuture.completedStage(connection);
    }

    @Override
    public String name() {
        return "counting";
    }

    @Override
    public CompletionStage<Binding> bind(Address address, Receiver receiver) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}

    private static final class CountedConnection implements Connection {
        private final Peer peer;
        private final Runnable called;
        private final Consumer<Address> ended;
        private final CompletableFuture<Void> closed = new CompletableFuture<>();

        CountedConnection(Address address, Runnable called, Consumer<Address> ended) {
            this.peer = new Peer(address, Set.of("texts"));
            this.called = called;
            this.ended = ended;
        }

        @Override
        public void send(OutboundCall call) {
            called.run();
        }

        @Override
        public Peer peer() {
            return peer;
        }

        @Override
        public CompletionStage<Void> draining() {
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<Void> closed() {
            return closed;
        }

        @Override
        public void close() {
            ended.accept(peer.address());
            closed.complete(null);
        }
    }
}
