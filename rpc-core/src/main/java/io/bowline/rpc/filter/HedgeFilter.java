package io.bowline.rpc.filter;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Providers;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.Timer;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Sends a late call to another provider, too; see {@link HedgePolicy}. Of one method; right above the balancer. */
public final class HedgeFilter implements Filter {
    private final HedgePolicy policy;
    private final RetryBudget budget;
    private final Timer timer;
    private final RecentTimes times;

    public HedgeFilter(HedgePolicy policy, RetryBudget budget, Timer timer) {
        this.policy = policy;
        this.budget = budget;
        this.timer = timer;
        this.times = new RecentTimes(policy.percentile());
    }

    @Override
    public CompletionStage<Response> apply(Request request, Invoker next) {
        return before(next).invoke(request);
    }

    @Override
    public Invoker before(Invoker next) {
        Providers providers = Providers.behind(this, next);
        return request -> {
            budget.paidCall();
            return new Hedged(request).start(providers.apart());
        };
    }

    /** How long to wait for an answer before the next attempt. */
    Duration delay() {
        long known = times.quantileNanos();
        if (known == 0) {
            return policy.longest();
        }
        Duration delay = Duration.ofNanos(known);
        return delay.compareTo(policy.shortest()) < 0
                ? policy.shortest()
                : delay.compareTo(policy.longest()) > 0 ? policy.longest() : delay;
    }

    /** One call. */
    private final class Hedged implements Race.Course {
        private final Request request;
        private final long began = timer.nanoTime();
        private final AtomicInteger left = new AtomicInteger(policy.maxAttempts() - 1);
        private volatile Cancellation.@Nullable Registration alarm;

        Hedged(Request request) {
            this.request = request;
        }

        Race start(Invoker apart) {
            Race race = new Race(request, apart, budget, this);
            race.start(1);
            setAlarm(race);
            return race;
        }

        private void setAlarm(Race race) {
            Duration delay = delay();
            if (race.isDone() || request.deadline().remainingNanos(timer.nanoTime()) <= delay.toNanos()) {
                return;
            }
            Cancellation.Registration set = timer.schedule(delay, () -> late(race));
            alarm = set;
            if (race.isDone()) {
                set.close();
            }
        }

        private void late(Race race) {
            if (left.getAndDecrement() > 0) {
                race.another();
            }
            if (left.get() > 0) {
                setAlarm(race);
            }
        }

        @Override
        public boolean goesOn(RpcException failure) {
            return RetryFilter.mayRetry(request, failure) && left.getAndDecrement() > 0;
        }

        @Override
        public void over(boolean answered) {
            Cancellation.Registration set = alarm;
            if (set != null) {
                set.close();
            }
            if (answered) {
                // Where a hedge was answered, the first attempt would have taken longer still: above the quantile
                // anyhow.
                times.observe(timer.nanoTime() - began);
            }
        }
    }
}
