package io.bowline.examples.chain;

import io.bowline.examples.chain.inventory.InventoryApplication;
import io.bowline.examples.chain.order.OrderApplication;
import io.bowline.examples.chain.payment.PaymentApplication;
import io.bowline.examples.kit.Child;
import io.bowline.examples.kit.ZooKeeperServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** The order of events. Ends with 0 if each order ended as it should, and its trace was seen in all three services. */
public final class Chain {
    /** Orders of tea until all is warm: the first one on a busy machine may take longer than an order may. */
    private static final int WARM_UP = 20;

    private final HttpClient customer = HttpClient.newHttpClient();
    private final Child order;
    private final Child inventory;
    private final Child payment;
    private final String port;

    private Chain(Child order, Child inventory, Child payment) throws InterruptedException {
        this.order = order;
        this.inventory = inventory;
        this.payment = payment;
        payment.await("Started PaymentApplication");
        inventory.await("Started InventoryApplication");
        port = order.await("Tomcat started on port (\\d+)").group(1);
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        try (Child zookeeper = Child.start("zookeeper", ZooKeeperServer.class)) {
            String uri = "zookeeper://" + zookeeper.await("listens on (.*)").group(1) + "/chain";
            Map<String, String> environment = Map.of("RPC_REGISTRY", uri);
            try (Child payment = Child.start("payment", PaymentApplication.class, environment);
                    Child inventory = Child.start("inventory", InventoryApplication.class, environment);
                    Child order = Child.start("order", OrderApplication.class, environment)) {
                Chain chain = new Chain(order, inventory, payment);
                chain.warmUp();
                chain.goThroughAllThree();
                chain.runOutOfTime();
                chain.goOnWithoutPayments();
            }
        }
        System.exit(0);
    }

    private void warmUp() throws IOException, InterruptedException {
        for (int i = 0; i < WARM_UP && !order("tea").contains("by card"); i++) {
            Child.say("customer", "once more");
        }
    }

    /** One trace, and one deadline, from the first service to the last. */
    private void goThroughAllThree() throws IOException, InterruptedException {
        String answer = order("coffee");
        expect(answer.endsWith("paid by card"), answer);
        String trace = order.await("trace (\\w+): orders coffee").group(1);
        inventory.await("trace " + trace + ": reserves coffee");
        int left = Integer.parseInt(payment.await("trace " + trace + ": charges for coffee, (\\d+) ms left")
                .group(1));
        expect(trace.length() == 32, "a trace id of W3C: " + trace);
        expect(left <= 3_000, "less left than order gave, although inventory would give 30 s: " + left + " ms");
    }

    /** The bank does not answer: the order is answered in time all the same, and payment hears that nobody waits. */
    private void runOutOfTime() throws IOException, InterruptedException {
        String answer = order("gold");
        // Order and inventory run out of time together: either may be the first to say so.
        expect(answer.startsWith("not sure yet") || answer.endsWith("on account"), answer);
        String trace = order.await("trace (\\w+): orders gold").group(1);
        payment.await("trace " + trace + ": nobody waits any more");
    }

    /** Payments are gone: the inventory's fallback answers. */
    private void goOnWithoutPayments() throws IOException, InterruptedException {
        payment.askToStop();
        payment.await("Closed ");
        String answer = order("milk");
        expect(answer.endsWith("paid on account"), answer);
    }

    private String order(String article) throws IOException, InterruptedException {
        URI orders = URI.create("http://127.0.0.1:" + port + "/orders?article=" + article);
        HttpRequest request = HttpRequest.newBuilder(orders)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = customer.send(request, HttpResponse.BodyHandlers.ofString());
        Child.say("customer", article + ": " + answer.statusCode() + " " + answer.body());
        expect(answer.statusCode() == 200, "an answer");
        return answer.body();
    }

    private static void expect(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("not as expected: " + what);
        }
    }
}
