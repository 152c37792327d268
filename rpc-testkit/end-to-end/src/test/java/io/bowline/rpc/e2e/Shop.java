package io.bowline.rpc.e2e;

import io.bowline.rpc.Idempotent;
import io.bowline.rpc.OneWay;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A contract with one method of each kind. */
public interface Shop extends Crud<Item, Long> {
    record Order(List<Item> items, Map<Integer, Instant> dates, State state) {}

    enum State {
        OPEN,
        PAID {
            @Override
            public boolean done() {
                return true;
            }
        };

        public boolean done() {
            return false;
        }
    }

    class OutOfStock extends Exception {
        private static final long serialVersionUID = 1;

        private final long item;
        private transient String local = "not sent";

        public OutOfStock(long item, int wanted) {
            super("item " + item + " is out of stock, wanted " + wanted);
            this.item = item;
        }

        public long item() {
            return item;
        }

        public String local() {
            return local;
        }
    }

    int add(int left, int right);

    long add(long left, long right);

    String echo(String text);

    byte[] echo(byte[] bytes);

    Order order(Order order) throws OutOfStock, IOException;

    CompletionStage<List<Item>> search(Map<String, List<Integer>> query);

    void fail(String how) throws OutOfStock;

    CompletableFuture<String> failLater(String how);

    @OneWay
    void ping(String id);

    /** Blocks until it is told to go on, the call is cancelled, or five seconds are over; tells what it saw. */
    String hold(String id);

    /** The same without blocking: it ends when the call is cancelled. */
    CompletableFuture<String> holdLater(String id);

    @Idempotent
    String twice(String id);

    default String greeting(String name) {
        return "default hello " + name;
    }
}
