package io.bowline.examples.chain.inventory;

import io.bowline.examples.chain.Inventory;
import io.bowline.examples.chain.Payments;
import io.bowline.rpc.spring.RpcReference;
import io.bowline.rpc.spring.RpcService;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Puts an article aside, once it is paid. */
@RpcService
class Shelves implements Inventory {
    private static final Logger log = LoggerFactory.getLogger(Shelves.class);

    private final Payments payments;
    private final AtomicInteger numbers = new AtomicInteger();

    /** Where payments fail, the article goes on the customer's account. */
    Shelves(@RpcReference(fallback = OnAccount.class) Payments payments) {
        this.payments = payments;
    }

    @Override
    public Reservation reserve(String article) {
        log.info("trace {}: reserves {}", MDC.get("traceId"), article);
        Payments.Receipt receipt = payments.charge(article); // within what is left of the time that order gave
        return new Reservation("R" + numbers.incrementAndGet(), receipt.how());
    }
}
