package io.bowline.rpc.filter;

import io.bowline.rpc.Attempt;
import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.ResponseFuture;
import io.bowline.rpc.RpcException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Attempts of one call that run side by side, each at another provider: the first answer wins, and the others are
 * cancelled. What the service threw is an answer, too. A failed attempt ends the race only when no other is under way.
 * Thread-safe.
 */
final class Race extends ResponseFuture {
    private final Invoker apart;
    private final RetryBudget budget;
    private final Course course;

    // Guarded by this.
    private final List<Cancellation> running = new ArrayList<>(2);
    private int made;
    private boolean over;
    private boolean unprocessed = true;
    private @Nullable RpcException failure;
    private final List<Attempt> attempts = new ArrayList<>(2);

    private volatile Cancellation.@Nullable Registration caller;

    /** Who decides on the attempts. */
    interface Course {
        /** An attempt has failed, and perhaps others are under way; tells whether to make another one. */
        boolean goesOn(RpcException failure);

        /** The race is over; {@code answered} by a provider. */
        void over(boolean answered);
    }

    /** @param apart an invoker of which each call goes to another provider */
    Race(Request request, Invoker apart, RetryBudget budget, Course course) {
        super(request);
        this.apart = apart;
        this.budget = budget;
        this.course = course;
    }

    /** Makes the first attempt, which costs nothing, and others beside it; called once, before any other. */
    void start(int attempts) {
        Cancellation.Registration registration = request().cancellation().onCancel(this::cancelRunning);
        caller = registration;
        // While they start, one that fails at once does not end the race.
        Cancellation start = new Cancellation();
        synchronized (this) {
            running.add(start);
        }
        attempt(true);
        for (int i = 1; i < attempts; i++) {
            another();
        }
        leave(start);
        if (isDone()) {
            registration.close();
        }
    }

    /** Makes another attempt, if the race goes on and the budget has one. */
    void another() {
        if (!isDone() && !request().cancellation().isCancelled() && budget.tryAttempt()) {
            attempt(false);
        }
    }

    private void attempt(boolean first) {
        Cancellation own = new Cancellation();
        synchronized (this) {
            if (over) {
                budget.giveBack();
                return;
            }
            running.add(own);
            made++;
        }
        if (request().cancellation().isCancelled()) {
            own.cancel();
        }
        apart.attempt(request().withCancellation(own)).whenComplete((response, thrown) -> {
            if (thrown == null) {
                won(own, response);
            } else {
                lost(own, first, RpcException.from(thrown));
            }
        });
    }

    private void won(Cancellation winner, Response response) {
        if (end(winner)) {
            course.over(true);
            complete(response);
        }
    }

    private void lost(Cancellation loser, boolean first, RpcException why) {
        boolean notMade = !first && why.code() == Code.NO_USABLE_PROVIDER;
        if (notMade) {
            budget.giveBack();
        }
        synchronized (this) {
            if (over) {
                return;
            }
            if (notMade) {
                made--;
            } else {
                failure = why;
                attempts.addAll(why.attempts());
                unprocessed &= why.unprocessed();
            }
        }
        if (why.code() == Code.APPLICATION) {
            if (end(loser)) {
                course.over(true);
                fail(why);
            }
            return;
        }
        // Before this attempt is taken off, so that the race cannot end between it and the next.
        if (!notMade && course.goesOn(why)) {
            another();
        }
        leave(loser);
    }

    /** Takes an attempt off; if it was the last one under way, the race is over and has failed. */
    private void leave(Cancellation loser) {
        RpcException last;
        synchronized (this) {
            running.remove(loser);
            if (over || !running.isEmpty() || failure == null) {
                return;
            }
            over = true;
            last = made == 1 ? failure : failure.afterAttempts(attempts, "attempts: " + made, unprocessed);
        }
        forgetCaller();
        course.over(false);
        fail(last);
    }

    /** Ends the race for the sake of one attempt and cancels the others; false if it was over. */
    private boolean end(Cancellation decided) {
        List<Cancellation> others;
        synchronized (this) {
            if (over) {
                return false;
            }
            over = true;
            running.remove(decided);
            others = List.copyOf(running);
            running.clear();
        }
        forgetCaller();
        others.forEach(Cancellation::cancel);
        return true;
    }

    private void forgetCaller() {
        Cancellation.Registration registration = caller;
        if (registration != null) {
            registration.close();
        }
    }

    private void cancelRunning() {
        List<Cancellation> all;
        synchronized (this) {
            all = List.copyOf(running);
        }
        all.forEach(Cancellation::cancel);
    }
}
