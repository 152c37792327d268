package io.bowline.examples.chain.order;

import io.bowline.examples.chain.Inventory;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.spring.RpcReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes orders. How long one may take is said in order.yml, for the whole chain. */
@RestController
class OrderController {
    private static final Logger log = LoggerFactory.getLogger(OrderController.class);

    private final Inventory inventory;

    OrderController(@RpcReference Inventory inventory) {
        this.inventory = inventory;
    }

    @PostMapping("/orders")
    String order(@RequestParam String article) {
        log.info("trace {}: orders {}", MDC.get("traceId"), article);
        try {
            Inventory.Reservation reservation = inventory.reserve(article);
            return reservation.number() + ", paid " + reservation.paid();
        } catch (RpcException failure) {
            log.info("trace {}: {}", MDC.get("traceId"), failure.getMessage());
            return "not sure yet: " + failure.code();
        }
    }
}
