package io.bowline.rpc.e2e;

import io.bowline.rpc.CallContext;
import io.bowline.rpc.Cancellation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What stands behind the contract, and remembers what it saw. */
class ShopService implements Shop {
    final Queue<String> seen = new ConcurrentLinkedQueue<>();
    final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
    final Map<String, Cancellation> held = new ConcurrentHashMap<>();

    static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unknown(String message, Throwable cause) {
            super(message, cause);
        }
    }

    CountDownLatch gate(String id) {
        return gates.computeIfAbsent(id, key -> new CountDownLatch(1));
    }

    @Override
    public Item save(Item value) {
        return value;
    }

    @Override
    public CompletableFuture<Item> load(Long key) {
        return CompletableFuture.supplyAsync(() ->
                new Item(key, "item " + key, new java.math.BigDecimal("1.50"), List.of(), java.util.Optional.empty()));
    }

    @Override
    public int add(int left, int right) {
        return left + right;
    }

    @Override
    public long add(long left, long right) {
        return 1_000 + left + right;
    }

    @Override
    public String echo(String text) {
        seen.add("echo");
        return text;
    }

    @Override
    public byte[] echo(byte[] bytes) {
        return bytes;
    }

    @Override
    public Order order(Order order) {
        return order;
    }

    @Override
    public CompletionStage<List<Item>> search(Map<String, List<Integer>> query) {
        return CompletableFuture.completedStage(List.of());
    }

    @Override
    public void fail(String how) throws OutOfStock {
        switch (how) {
            case "declared" -> throw new OutOfStock(7, 3);
            case "common" -> throw new IllegalArgumentException("no such thing", new OutOfStock(8, 1));
            case "unknown" -> throw new Unknown("inner trouble", new UncheckedIOException(new IOException("disk")));
            default -> seen.add(how);
        }
    }

    @Override
    public CompletableFuture<String> failLater(String how) {
        return CompletableFuture.supplyAsync(() -> {
            throw new IllegalStateException("later: " + how);
        });
    }

    @Override
    public void ping(String id) {
        seen.add("ping " + id);
        if (id.equals("broken")) {
            throw new IllegalStateException("nobody hears of this");
        }
    }

    @Override
    public String hold(String id) {
        CallContext context = CallContext.current();
        CountDownLatch gate = gate(id);
        @Nullable Cancellation cancellation = context.cancellation();
        if (cancellation != null) {
            held.put(id, cancellation);
            cancellation.onCancel(gate::countDown);
        }
        seen.add("hold " + id);
        try {
            boolean told = gate.await(5, TimeUnit.SECONDS);
            return !told ? "waited" : cancellation != null && cancellation.isCancelled() ? "cancelled" : "told";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } finally {
            seen.add("end " + id);
        }
    }

    @Override
    public CompletableFuture<String> holdLater(String id) {
        CompletableFuture<String> later = new CompletableFuture<>();
        @Nullable Cancellation cancellation = CallContext.current().cancellation();
        if (cancellation != null) {
            held.put(id, cancellation);
            cancellation.onCancel(() -> later.complete("cancelled"));
        }
        return later;
    }

    @Override
    public String twice(String id) {
        seen.add("twice " + id);
        return id;
    }
}
