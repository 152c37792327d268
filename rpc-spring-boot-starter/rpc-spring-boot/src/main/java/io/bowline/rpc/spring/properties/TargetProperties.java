package io.bowline.rpc.spring.properties;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Name;

/**
 * What a reference calls: under {@code rpc.client.<name>}.
 *
 * @param contract The interface, by its full name; written {@code interface}.
 * @param version The contract's version. None by default.
 * @param group The contract's group. None by default.
 * @param addresses Providers at fixed addresses, {@code host:port}, in place of the registries.
 * @param subtypes Types that may stand where the contract declares an open one, by their full names.
 */
public record TargetProperties(
        @Name("interface") @Nullable Class<?> contract,
        @Nullable String version,
        @Nullable String group,
        @Nullable List<String> addresses,
        @Nullable List<Class<?>> subtypes) {
    /** Nothing said. */
    public static final TargetProperties SILENT = new TargetProperties(null, null, null, null, null);
}
