package io.bowline.examples.chain.payment;

import io.bowline.examples.chain.Payments;
import io.bowline.rpc.CallContext;
import io.bowline.rpc.Cancellation;
import io.bowline.rpc.spring.RpcService;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Takes the money. For gold the bank never answers. */
@RpcService
class BankPayments implements Payments {
    private static final Logger log = LoggerFactory.getLogger(BankPayments.class);

    @Override
    public Receipt charge(String article) {
        CallContext call = CallContext.current();
        log.info("trace {}: charges for {}, {} ms left", MDC.get("traceId"), article, millisLeft(call));
        if (article.equals("gold")) {
            waitForTheBank(call);
        }
        return new Receipt("by card");
    }

    /** A handler can hear that its caller no longer waits, and need not wait in vain. */
    private static void waitForTheBank(CallContext call) {
        CountDownLatch answer = new CountDownLatch(1);
        Cancellation.Registration hearing =
                Objects.requireNonNull(call.cancellation()).onCancel(answer::countDown);
        try (hearing) {
            answer.await();
            log.info("trace {}: nobody waits any more", MDC.get("traceId"));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static long millisLeft(CallContext call) {
        return Objects.requireNonNull(call.deadline()).remainingNanos(System.nanoTime()) / 1_000_000;
    }
}
