package io.bowline.rpc.spring.properties;

import io.bowline.rpc.client.MethodOptions;
import io.bowline.rpc.filter.CallStrategy;
import io.bowline.rpc.filter.FallbackPolicy;
import io.bowline.rpc.filter.ForkPolicy;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is said of the calls of all methods, or of one, as options. */
final class SaidCalls {
    private final MethodOptions options;
    private final List<Word> speaking;
    private final SaidOptions reference;
    private final CallProperties calls;
    private final MethodProperties method;

    /**
     * For these options.
     *
     * @param all what there is, the weaker first
     * @param speaking of these, who must say a thing for it to be set here; the others only complete it
     */
    SaidCalls(MethodOptions options, List<Word> all, List<Word> speaking, SaidOptions reference) {
        this.options = options;
        this.speaking = speaking;
        this.reference = reference;
        calls = all.stream().map(Word::calls).reduce(CallProperties.SILENT, (low, high) -> Records.over(high, low));
        method = all.stream().map(Word::method).reduce(MethodProperties.SILENT, (low, high) -> Records.over(high, low));
    }

    MethodOptions apply() {
        call("timeout", calls.timeout(), options::timeout);
        call("retry", calls.retry(), said -> options.retry(said.policy()));
        // What completes a strategy speaks for it, too; the last to speak is named.
        call("hedge", calls.strategy(), name -> options.strategy(strategy(name)));
        call("forks", calls.strategy(), name -> options.strategy(strategy(name)));
        call("strategy", calls.strategy(), name -> options.strategy(strategy(name)));
        call(
                "fallback",
                calls.fallback(),
                name -> options.fallback(reference.names().bean(name)));
        call("fallbackFor", calls.fallbackFor(), codes -> options.fallbackPolicy(new FallbackPolicy(codes)));
        call("circuitBreaker", calls.circuitBreaker(), said -> options.circuitBreaker(said.policy()));
        call("concurrencyLimit", calls.concurrencyLimit(), said -> options.concurrencyLimit(said.policy()));
        call("rateLimit", calls.rateLimit(), said -> options.rateLimit(said.policy()));
        own("wholeStream", method.wholeStream(), options::wholeStream);
        own("idempotent", method.idempotent(), options::idempotent);
        own("cache", method.cache(), said -> options.cache(said.policy()));
        own("coalesce", method.coalesce(), said -> options.coalesce(said.policy()));
        return options;
    }

    private <V> void call(String component, @Nullable V value, Consumer<V> setter) {
        reference.set(speaking, Word::calls, component, value, options::origin, setter);
    }

    private <V> void own(String component, @Nullable V value, Consumer<V> setter) {
        reference.set(speaking, Word::method, component, value, options::origin, setter);
    }

    private CallStrategy strategy(String name) {
        if (name.equals("hedging") && calls.hedge() != null) {
            return calls.hedge().policy();
        }
        return name.equals("forking") && calls.forks() != null
                ? new ForkPolicy(calls.forks())
                : reference.names().strategy(name);
    }
}
