package io.bowline.rpc.client;

import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Providers;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Providers with filters around each attempt at one of them, however it was chosen. Thread-safe. */
final class FilteredProviders implements Providers {
    private final List<Filter> filters;
    private final Providers providers;
    private final Invoker picked;

    FilteredProviders(List<Filter> filters, Providers providers) {
        this.filters = filters;
        this.providers = providers;
        picked = Filter.chain(filters, providers);
    }

    @Override
    public CompletionStage<Response> invoke(Request request) {
        return picked.invoke(request);
    }

    @Override
    public Invoker apart() {
        return Filter.chain(filters, providers.apart());
    }

    @Override
    public CompletionStage<List<Invoker>> each(Request request) {
        return providers
                .each(request)
                .thenApply(all -> all.stream()
                        .map(provider -> Filter.chain(filters, provider))
                        .toList());
    }
}
