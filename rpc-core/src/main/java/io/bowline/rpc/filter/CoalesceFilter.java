package io.bowline.rpc.filter;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Code;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.Timer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls of one method that are alike and under way at the same time as one, and gives its result to all: the first
 * is the flight, the others are its passengers ({@code singleflight} of Go's groupcache).
 *
 * <p>Each caller keeps what is its own. One who cancels, or whose time is up, leaves the others on board; the flight is
 * cancelled when nobody is left. It has the deadline of the first; whoever has time left when that passes starts anew.
 */
public final class CoalesceFilter implements Filter {
    private final CoalescePolicy policy;
    private final Timer timer;
    private final ConcurrentMap<CallKey, Flight> flights = new ConcurrentHashMap<>();

    public CoalesceFilter(CoalescePolicy policy, Timer timer) {
        this.policy = policy;
        this.timer = timer;
    }

    @Override
    public CompletionStage<Response> apply(Request request, Invoker next) {
        CallKey key = CallKey.of(request, policy.labels());
        while (true) {
            Flight flight = flights.get(key);
            if (flight == null) {
                Flight own = new Flight(key, request.deadline());
                if (flights.putIfAbsent(key, own) == null) {
                    Passenger first = new Passenger(own, request, next);
                    own.start(request, next);
                    return first.board();
                }
            } else if (flight.seat()) {
                return new Passenger(flight, request, next).board();
            } else {
                // Everybody has left it, and whoever was the last is about to say so.
                flights.remove(key, flight);
            }
        }
    }

    /** One call that is sent for several. */
    private final class Flight {
        private final CallKey key;
        private final Deadline deadline;
        private final Cancellation cancellation = new Cancellation();
        private final CompletableFuture<Response> landed = new CompletableFuture<>();
        private final AtomicInteger passengers = new AtomicInteger(1);

        Flight(CallKey key, Deadline deadline) {
            this.key = key;
            this.deadline = deadline;
        }

        void start(Request request, Invoker next) {
            next.attempt(request.withCancellation(cancellation)).whenComplete((response, thrown) -> {
                flights.remove(key, this);
                if (thrown == null) {
                    landed.complete(response);
                } else {
                    landed.completeExceptionally(RpcException.from(thrown));
                }
            });
        }

        /** Takes one more, unless all have left. */
        boolean seat() {
            return passengers.getAndUpdate(now -> now == 0 ? 0 : now + 1) > 0;
        }

        void leave() {
            if (passengers.decrementAndGet() == 0) {
                flights.remove(key, this);
                cancellation.cancel();
            }
        }
    }

    /** One caller on board. */
    private final class Passenger {
        private final Flight flight;
        private final Request request;
        private final Invoker next;
        private final CompletableFuture<Response> arrival = new CompletableFuture<>();

        Passenger(Flight flight, Request request, Invoker next) {
            this.flight = flight;
            this.request = request;
            this.next = next;
        }

        CompletionStage<Response> board() {
            CompletionStage<Response> end = flight.landed;
            end.whenComplete(this::landed);
            if (!arrival.isDone()) {
                watch();
            }
            return arrival;
        }

        /** Only a caller who has less time than the flight needs an alarm of its own. */
        private void watch() {
            Cancellation.Registration wish = request.cancellation()
                    .onCancel(() ->
                            leave(RpcException.of(Code.CANCELLED, request.method() + " was cancelled by its caller")));
            Deadline own = request.deadline();
            Cancellation.@Nullable Registration alarm = own.atNanos() - flight.deadline.atNanos() >= 0
                    ? null
                    : timer.schedule(
                            Duration.ofNanos(Math.max(0, own.remainingNanos(timer.nanoTime()))),
                            () -> leave(RpcException.of(
                                    Code.DEADLINE_EXCEEDED,
                                    request.method() + " had no answer within " + own
                                            + "; it was sent for an equal call that goes on")));
            CompletionStage<Response> end = arrival;
            end.whenComplete((response, thrown) -> {
                wish.close();
                if (alarm != null) {
                    alarm.close();
                }
            });
        }

        private void leave(RpcException why) {
            if (arrival.completeExceptionally(why)) {
                flight.leave();
            }
        }

        private void landed(@Nullable Response response, @Nullable Throwable thrown) {
            if (thrown == null) {
                arrival.complete(response);
                return;
            }
            RpcException failure = RpcException.from(thrown);
            boolean lateForOthers = failure.code() == Code.DEADLINE_EXCEEDED || failure.code() == Code.BUDGET_SPENT;
            boolean tries = lateForOthers
                    && !arrival.isDone()
                    && request.deadline().atNanos() - flight.deadline.atNanos() > 0
                    && !request.deadline().hasPassed(timer.nanoTime());
            if (!tries) {
                arrival.completeExceptionally(failure);
                return;
            }
            apply(request, next).whenComplete((again, failed) -> {
                if (failed == null) {
                    arrival.complete(again);
                } else {
                    arrival.completeExceptionally(RpcException.from(failed));
                }
            });
        }
    }
}
