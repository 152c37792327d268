package io.bowline.rpc.transport;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;

/** A bound name of the local transport. All state is the I/O thread's. */
final class LocalBinding implements Binding {
    private final Address address;
    private final Receiver receiver;
    private final ConcurrentMap<Address, LocalBinding> bound;
    private final Set<LocalConnection> connections = new HashSet<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private boolean ending;

    LocalBinding(Address address, Receiver receiver, ConcurrentMap<Address, LocalBinding> bound) {
        this.address = address;
        this.receiver = receiver;
        this.bound = bound;
    }

    @Override
    public Address address() {
        return address;
    }

    LocalConnection accept() {
        LocalConnection connection = new LocalConnection(new Peer(address, receiver.serializers()), receiver);
        connections.add(connection);
        connection.closed().thenRun(() -> {
            connections.remove(connection);
            endWhenIdle();
        });
        return connection;
    }

    @Override
    public CompletionStage<Void> drain(Duration grace) {
        LocalIo.execute(() -> {
            unbind();
            List.copyOf(connections).forEach(LocalConnection::drain);
            endWhenIdle();
            Future<?> cutOff = LocalIo.schedule(grace, () -> cut("was cut off after the grace of " + grace));
            ended().thenRun(() -> cutOff.cancel(false));
        });
        return ended.minimalCompletionStage();
    }

    @Override
    public void close() {
        LocalIo.execute(() -> cut("was closed by the server"));
    }

    CompletionStage<Void> ended() {
        return ended;
    }

    private void cut(String why) {
        unbind();
        for (LocalConnection connection : List.copyOf(connections)) {
            connection.end(RpcException.of(Code.CONNECTION_LOST, "the connection to " + address + " " + why));
        }
        endWhenIdle();
    }

    private void unbind() {
        ending = true;
        bound.remove(address, this);
    }

    private void endWhenIdle() {
        if (ending && connections.isEmpty()) {
            ended.complete(null);
        }
    }
}
