package io.bowline.rpc.filter;

import io.bowline.rpc.Filter;
import io.bowline.rpc.RpcException;
import java.util.List;
import java.util.function.Consumer;

/**
 * A call that must not disturb its caller, an audit record perhaps: one attempt, and a failure is answered with nothing,
 * which is null, zero, false, or an empty {@code Optional}, {@code List}, {@code Set} or {@code Map}, as the method declares.
 * Only the caller's own cancellation stays a failure.
 *
 * @param failures hears of each failure, on whichever thread it came; must not block and not throw
 */
public record FailsafePolicy(Consumer<? super RpcException> failures) implements CallStrategy {
    /** Nobody hears of a failure; the log says when calls begin to fail, and when they are answered again. */
    public static final FailsafePolicy DEFAULT = new FailsafePolicy(failure -> {});

    @Override
    public String name() {
        return "failsafe";
    }

    @Override
    public boolean standsIn() {
        return true;
    }

    @Override
    public List<Filter> filters(Surroundings surroundings) {
        return List.of(new FailsafeFilter(this, surroundings.method()));
    }
}
