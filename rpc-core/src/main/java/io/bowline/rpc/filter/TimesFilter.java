package io.bowline.rpc.filter;

import io.bowline.rpc.CallRecord;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.Timer;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * On a server, tells with the answer to a call that is {@linkplain CallRecord recorded} where its time went there. Other
 * calls pass it by.
 */
public final class TimesFilter implements Filter {
    /** The label of the response. */
    public static final String LABEL = "bowline-times";

    private final Timer timer;

    public TimesFilter(Timer timer) {
        this.timer = timer;
    }

    /**
     * What a server told.
     *
     * @param queuedNanos from the arrival of the request until its arguments were read and a thread was there to go on
     * @param handledNanos what filters and the service took
     */
    public record Times(long queuedNanos, long handledNanos) {
        /** As a response's labels tell; null if they do not, or not in these terms. */
        public static @Nullable Times of(Metadata labels) {
            String told = labels.get(LABEL);
            if (told == null) {
                return null;
            }
            int comma = told.indexOf(',');
            try {
                return comma < 0
                        ? null
                        : new Times(
                                Math.max(0, Long.parseLong(told.substring(0, comma))),
                                Math.max(0, Long.parseLong(told.substring(comma + 1))));
            } catch (NumberFormatException otherTerms) {
                return null;
            }
        }
    }

    @Override
    public CompletionStage<Response> apply(Request request, Invoker next) {
        if (request.metadata().isEmpty() || request.metadata().get(CallRecord.LABEL) == null) {
            return next.invoke(request);
        }
        Deadline deadline = request.deadline();
        long arrived = deadline.atNanos() - deadline.limit().toNanos();
        long begun = timer.nanoTime();
        return next.invoke(request).thenApply(response -> {
            String times = (begun - arrived) + "," + (timer.nanoTime() - begun);
            return new Response(response.value(), response.metadata().with(LABEL, times));
        });
    }
}
