package io.bowline.rpc.spring.properties;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * How references choose among providers: under {@code rpc.client.defaults}, and under {@code rpc.client.<name>}.
 *
 * @param loadBalance How to choose among providers: peak-ewma, round-robin, random, least-active, shortest-response,
 *     adaptive, consistent-hash, sticky, first-available, or the name of a bean. peak-ewma by default.
 * @param outliers When a provider that does worse than the others is left out.
 * @param bulkhead How many calls of a reference may be under way, all methods and providers together.
 */
@ConfigurationProperties("rpc.client.defaults")
public record ChoiceProperties(
        @Nullable String loadBalance,
        @NestedConfigurationProperty @Nullable OutlierProperties outliers,
        @NestedConfigurationProperty @Nullable ConcurrencyLimitProperties bulkhead) {
    /** Nothing said. */
    public static final ChoiceProperties SILENT = new ChoiceProperties(null, null, null);
}
