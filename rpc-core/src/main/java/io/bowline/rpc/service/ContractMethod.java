package io.bowline.rpc.service;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.RpcMethod;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A method of a contract: as Java sees it, and as a call names it. The engine knows futures and publishers of the JDK; what
 * else stands in a signature is turned into them, and back, here.
 *
 * @param java the interface's method
 * @param rpc its description
 * @param shape how it hands over its result
 * @param result whose type the result is; null if the JDK's, or a plain value
 * @param stream whose type the parameter is that is a stream; null if the JDK's, or if there is none
 */
public record ContractMethod(
        Method java,
        RpcMethod rpc,
        ResultShape shape,
        @Nullable AsyncTypes result,
        @Nullable AsyncTypes stream) {
    /** The arguments that a caller gave, as the engine knows them. */
    @Nullable
    Object[] ofCaller(@Nullable Object[] given) {
        Object many = stream == null ? null : given[rpc.streamParameter()];
        return stream == null || many == null ? given : with(given, stream.toPublisher(many));
    }

    /** The arguments of a call, as the service takes them. */
    @SuppressWarnings("unchecked") // The element type is checked by the codec.
    public @Nullable Object[] forService(@Nullable Object[] arguments) {
        Object publisher = stream == null ? null : arguments[rpc.streamParameter()];
        return stream == null || publisher == null
                ? arguments
                : with(arguments, stream.ofPublisher((Flow.Publisher<Object>) publisher));
    }

    private @Nullable Object[] with(@Nullable Object[] arguments, Object many) {
        @Nullable Object[] changed = arguments.clone();
        changed[rpc.streamParameter()] = many;
        return changed;
    }

    /** What a service returned, as the engine knows it. */
    @SuppressWarnings("FutureReturnValueIgnored") // It is the result, of which the invoker takes care.
    public @Nullable Object ofService(@Nullable Object returned, Cancellation cancellation) {
        if (result == null || returned == null) {
            return returned;
        }
        if (shape == ResultShape.STREAM) {
            return result.toPublisher(returned);
        }
        CompletableFuture<@Nullable Object> future = result.toFuture(returned);
        cancellation.onCancel(() -> future.cancel(true));
        return future;
    }

    /** What a caller gets who is to wait for the call. */
    Object later(Supplier<CompletableFuture<@Nullable Object>> call) {
        return result == null ? call.get() : result.ofCall(call);
    }

    /** What a caller gets who is to subscribe to the call. */
    Object stream(Flow.Publisher<Object> call) {
        return result == null ? call : result.ofPublisher(call);
    }
}
