package io.bowline.rpc.client;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.balance.Node;
import io.bowline.rpc.route.Mirroring;
import io.bowline.rpc.route.RuleAction;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a copy of some calls to a mirror, after the call itself, and forgets its answer. A copy is written on the caller's
 * thread, before that has its answer, so arguments may change after that; it shares the call's deadline and not its
 * cancellation, is never tried again, and never goes to anybody but a mirror; one whose gate keeps it out gets none.
 * Whatever becomes of it, the call does not hear of it. Thread-safe.
 */
final class MirrorFilter implements Filter {
    private static final Logger log = LoggerFactory.getLogger(MirrorFilter.class);

    private final Directory directory;
    private final Predicate<Request> calls;
    private final int most;
    private final AtomicInteger underWay = new AtomicInteger();

    MirrorFilter(Mirroring mirroring, Directory directory) {
        this.directory = directory;
        calls = mirroring.calls();
        most = mirroring.most();
    }

    @Override
    public CompletionStage<Response> apply(Request request, Invoker next) {
        CompletionStage<Response> answer = next.invoke(request);
        try {
            if (calls.test(request)) {
                copy(request);
            }
        } catch (Throwable thrown) {
            log.debug("No copy of {} was sent", request.method(), thrown);
        }
        return answer;
    }

    private void copy(Request request) {
        Node shadow = directory.shadow(request);
        if (!(shadow instanceof RemoteInvoker mirror)) {
            return;
        }
        if (underWay.incrementAndGet() > most) {
            underWay.decrementAndGet();
            return;
        }
        CompletionStage<Response> call = null;
        try {
            call = mirror.tryHere(request.withMetadata(request.metadata().with(RuleAction.Mirror.SHADOW, "true"))
                    .withCancellation(new Cancellation()));
        } finally {
            if (call == null) {
                underWay.decrementAndGet();
            }
        }
        if (call != null) {
            CompletionStage<Response> unused = call.whenComplete((answer, failure) -> underWay.decrementAndGet());
        }
    }
}
