package io.bowline.rpc.filter;

import io.bowline.rpc.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What keeps attempts beyond the first from becoming the outage: a client may make them for a part of its calls, and a
 * small number a second in any case. One budget serves all references of a client, and retries, hedges and forks alike.
 * Thread-safe, without locks.
 *
 * <p>A token bucket in the manner of Finagle's {@code RetryBudget}: each call pays in a part of a token, each attempt
 * beyond the first takes a whole one, and up to {@value #MOST_SAVED} are saved. The floor is paid in advance, second by
 * second, and calls pay it back before they save: so attempts are at most calls times one and the ratio, or, of a client
 * with few calls, calls and the floor, but never both. A full bucket, which is the healthy state, is only read, never
 * written.
 */
public final class RetryBudget {
    private static final long TOKEN = 1_000;
    private static final int MOST_SAVED = 100;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Timer timer;
    private final long perCall;
    private final long perSecond;
    private final long capacity;
    private final AtomicLong balance;

    /** What of this second's floor calls have not paid back. */
    private final AtomicLong advance;

    private final AtomicLong secondBegan;

    public RetryBudget(RetryBudgetPolicy policy, Timer timer) {
        this.timer = timer;
        this.perCall = Math.round(policy.ratio() * TOKEN);
        this.perSecond = policy.perSecond() * TOKEN;
        this.capacity = Math.max(MOST_SAVED * TOKEN, perSecond);
        this.balance = new AtomicLong(perSecond);
        this.advance = new AtomicLong(perSecond);
        this.secondBegan = new AtomicLong(timer.nanoTime());
    }

    /** Counts a first attempt. */
    public void paidCall() {
        if (balance.get() < capacity) {
            boolean paysBack = advance.get() > 0;
            (paysBack ? advance : balance).addAndGet(paysBack ? -perCall : perCall);
        }
    }

    /** Takes one attempt beyond the first out of the budget; false when it is spent. */
    public boolean tryAttempt() {
        payFloor();
        long before = balance.getAndUpdate(tokens -> tokens >= TOKEN ? Math.min(tokens, capacity) - TOKEN : tokens);
        return before >= TOKEN;
    }

    /** Gives back what was taken for an attempt that was not made after all. */
    public void giveBack() {
        balance.addAndGet(TOKEN);
    }

    private void payFloor() {
        long now = timer.nanoTime();
        long began = secondBegan.get();
        if (now - began >= SECOND && secondBegan.compareAndSet(began, now)) {
            advance.set(perSecond);
            balance.addAndGet(perSecond);
        }
    }
}
