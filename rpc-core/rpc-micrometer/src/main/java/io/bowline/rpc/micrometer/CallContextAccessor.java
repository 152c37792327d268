package io.bowline.rpc.micrometer;

import io.bowline.rpc.CallContext;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Has Micrometer's context propagation carry the {@link CallContext} along: with {@code ContextSnapshot}, Spring's {@code
 * ContextPropagatingTaskDecorator}, and Reactor's automatic propagation. Found by {@link java.util.ServiceLoader} where that
 * library is on the class path. Thread-safe.
 */
public final class CallContextAccessor implements ThreadLocalAccessor<CallContext> {
    /** Under which a snapshot knows it. */
    public static final String KEY = "io.bowline.rpc.CallContext";

    @Override
    public Object key() {
        return KEY;
    }

    /** Null outside any context, so that nothing is captured there. */
    @Override
    public @Nullable CallContext getValue() {
        CallContext context = CallContext.current();
        return context == CallContext.NONE ? null : context;
    }

    @Override
    public void setValue(CallContext context) {
        CallContext.Scope unused = context.enter(); // Who set it restores what was before.
    }

    @Override
    public void setValue() {
        setValue(CallContext.NONE);
    }
}
