package io.bowline.examples.parts;

import io.bowline.examples.kit.Parent;
import io.bowline.rpc.Address;
import io.bowline.rpc.CallContext;
import io.bowline.rpc.server.RpcServer;
import java.math.BigDecimal;
import java.util.Map;

/** A provider that serves who has a key, and speaks {@code fields} only. */
public final class Provider {
    private Provider() {}

    public static void main(String[] args) throws InterruptedException {
        ApiKeyPolicy policy = new ApiKeyPolicy(Map.of(
                // What `printf %s the-key-of-acme | sha256sum` says; the keys themselves are with their owners.
                "880182cf77225085437b3f352eeb94d380ab77b18da8a619d60d5b0969f4ab87", "acme"));
        RpcServer server = RpcServer.builder()
                .listen(new Address("127.0.0.1", 0))
                .serializer(new FieldsSerializer())
                .filter(new ApiKeyFilter(policy))
                .service(Orders.class, Provider::place)
                .start();
        Parent.endWithIt();
        System.out.println("listens on " + server.address());
        server.awaitTermination();
    }

    private static Orders.Receipt place(Orders.Order order) {
        BigDecimal total = order.lines().stream()
                .map(line -> line.price().multiply(BigDecimal.valueOf(line.pieces())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        String tenant = CallContext.current().incoming().get(ApiKeyFilter.TENANT);
        return new Orders.Receipt(tenant == null ? "nobody" : tenant, total, order.note());
    }
}
