package io.bowline.rpc.transport;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A transport inside one process, without a network: for tests, and for a consumer and a provider that live together.
 *
 * <p>Peers find each other by name: {@code orders:0} is whoever bound {@code orders:0} in this process, through this or
 * another local transport. Bodies are written to bytes and read back, deadlines, cancellation and draining work as
 * between machines, so a call that works here works there.
 *
 * <p>One daemon thread a process, {@code bowline-local-io}, is its I/O thread.
 */
public final class LocalTransport implements Transport {
    /** Every name of this process that is bound. */
    private static final ConcurrentMap<Address, LocalBinding> BOUND = new ConcurrentHashMap<>();

    /** What this transport opened and has to close. */
    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    @Override
    public String name() {
        return "local";
    }

    @Override
    public CompletionStage<Connection> connect(Address address) {
        if (closed) {
            return CompletableFuture.failedFuture(RpcException.unprocessed(Code.CLOSED, "the transport is closed"));
        }
        CompletableFuture<Connection> opened = new CompletableFuture<>();
        LocalIo.execute(() -> {
            LocalBinding binding = BOUND.get(address);
            if (binding == null) {
                opened.completeExceptionally(RpcException.unprocessed(
                        Code.CONNECT_FAILED,
                        "local name " + address + " is bound by nobody; bound in this process: " + BOUND.keySet()));
                return;
            }
            LocalConnection connection = binding.accept();
            owns(connection, connection.closed());
            opened.complete(connection);
        });
        return opened;
    }

    @Override
    public CompletionStage<Binding> bind(Address address, Receiver receiver) {
        if (closed) {
            return CompletableFuture.failedFuture(RpcException.of(Code.CLOSED, "the transport is closed"));
        }
        CompletableFuture<Binding> opened = new CompletableFuture<>();
        LocalIo.execute(() -> {
            Address chosen = address.port() == 0 ? free(address.host()) : address;
            LocalBinding binding = new LocalBinding(chosen, receiver, BOUND);
            if (BOUND.putIfAbsent(chosen, binding) != null) {
                opened.completeExceptionally(RpcException.of(
                        Code.PORT_IN_USE,
                        "local port " + chosen.port() + " of " + chosen.host()
                                + " is bound already in this process; bind another, or port 0 for a free one"));
                return;
            }
            owns(binding, binding.ended());
            opened.complete(binding);
        });
        return opened;
    }

    @Override
    public void close() {
        closed = true;
        LocalIo.execute(() -> open.forEach(LocalTransport::close));
    }

    private void owns(AutoCloseable part, CompletionStage<Void> ended) {
        open.add(part);
        ended.thenRun(() -> open.remove(part));
        if (closed) {
            close(part);
        }
    }

    private static Address free(String host) {
        int port = 1;
        while (BOUND.containsKey(new Address(host, port))) {
            port++;
        }
        return new Address(host, port);
    }

    private static void close(AutoCloseable part) {
        if (part instanceof LocalBinding binding) {
            binding.close();
        } else if (part instanceof LocalConnection connection) {
            connection.close();
        }
    }
}
