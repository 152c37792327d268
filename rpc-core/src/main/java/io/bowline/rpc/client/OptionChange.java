package io.bowline.rpc.client;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.balance.LoadBalancer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What of a reference's options cannot change while it is in use, since providers and connections hang on it. */
final class OptionChange {
    private final List<String> fixed = new ArrayList<>();

    private OptionChange() {}

    /** Fails if what holds for the whole reference would have to change. */
    static void check(ServiceName service, ReferenceOptions before, ReferenceOptions after) {
        OptionChange change = new OptionChange();
        change.compare("version", before.version(), after.version());
        change.compare("group", before.group(), after.group());
        change.compare("addresses", before.addresses(), after.addresses());
        change.compare("subtypes", before.subtypes(), after.subtypes());
        change.compare("loadBalancer", name(before.balancer()), name(after.balancer()));
        change.compare("outliers", value(before.outliers()), value(after.outliers()));
        change.compare("bulkhead", value(before.bulkhead()), value(after.bulkhead()));
        change.refuse(service.toString());
    }

    /** Fails if what holds for a method, and cannot change, would have to. */
    static void check(RpcMethod method, EffectiveOptions before, EffectiveOptions after) {
        OptionChange change = new OptionChange();
        change.compare(
                "idempotent", before.idempotent().value(), after.idempotent().value());
        change.compare(
                "circuitBreaker",
                before.circuitBreaker().value(),
                after.circuitBreaker().value());
        change.compare(
                "concurrencyLimit",
                before.concurrencyLimit().value(),
                after.concurrencyLimit().value());
        change.compare(
                "a strategy that needs all providers",
                before.strategy().value().needsAll(),
                after.strategy().value().needsAll());
        change.refuse(method.toString());
    }

    private static @Nullable String name(@Nullable Setting<LoadBalancer> balancer) {
        return balancer == null ? null : balancer.value().name();
    }

    private static <V> @Nullable V value(@Nullable Setting<V> setting) {
        return setting == null ? null : setting.value();
    }

    private void compare(String option, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            fixed.add(option);
        }
    }

    private void refuse(String what) {
        if (!fixed.isEmpty()) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    String.join(", ", fixed) + " of " + what
                            + " cannot change while the reference is in use; nothing was changed (expected: as before, or a"
                            + " new reference, as after a restart)");
        }
    }
}
