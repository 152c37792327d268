package io.bowline.rpc.filter;

import io.bowline.rpc.Attempt;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Providers;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Sends a call to every provider at once and makes one answer of theirs; see {@link BroadcastPolicy} and {@link
 * MergePolicy}. It stands right above the balancer.
 */
public final class BroadcastFilter implements Filter {
    private static final int MOST_TOLD = 5;

    private final double tolerated;
    private final Function<List<Response>, Response> answer;

    /**
     * @param tolerated the part of the providers that may fail
     * @param answer makes one of the answers, of which there is at least one, in the order of the providers' addresses
     */
    public BroadcastFilter(double tolerated, Function<List<Response>, Response> answer) {
        this.tolerated = tolerated;
        this.answer = answer;
    }

    @Override
    public CompletionStage<Response> apply(Request request, Invoker next) {
        return before(next).invoke(request);
    }

    @Override
    public Invoker before(Invoker next) {
        Providers providers = Providers.behind(this, next);
        return request -> providers.each(request).thenCompose(each -> toAll(request, each));
    }

    private CompletionStage<Response> toAll(Request request, List<Invoker> each) {
        List<CompletableFuture<Response>> calls = new ArrayList<>(each.size());
        for (Invoker provider : each) {
            calls.add(provider.attempt(request).toCompletableFuture());
        }
        return CompletableFuture.allOf(calls.toArray(CompletableFuture<?>[]::new))
                .handle((done, oneFailed) -> oneAnswer(calls))
                .thenCompose(answered -> answered);
    }

    private CompletionStage<Response> oneAnswer(List<CompletableFuture<Response>> calls) {
        List<Response> answers = new ArrayList<>(calls.size());
        List<RpcException> failures = new ArrayList<>();
        for (CompletableFuture<Response> call : calls) {
            call.handle((response, thrown) ->
                            thrown == null ? answers.add(response) : failures.add(RpcException.from(thrown)))
                    .join();
        }
        return answers.isEmpty() || failures.size() > tolerated * calls.size()
                ? CompletableFuture.failedFuture(inAll(failures, calls.size()))
                : CompletableFuture.completedFuture(answer.apply(answers));
    }

    /** The first failure, with how many others there are and what they say. */
    private static RpcException inAll(List<RpcException> failures, int asked) {
        boolean unprocessed = failures.size() == asked && failures.stream().allMatch(RpcException::unprocessed);
        String others = failures.stream()
                .skip(1)
                .limit(MOST_TOLD)
                .map(RpcException::getMessage)
                .collect(Collectors.joining("; "));
        String note = "failed at " + failures.size() + " of " + asked + " providers";
        List<Attempt> attempts = failures.stream()
                .flatMap(failure -> failure.attempts().stream())
                .toList();
        return failures.get(0).afterAttempts(attempts, others.isEmpty() ? note : note + ": " + others, unprocessed);
    }
}
