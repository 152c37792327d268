package io.bowline.rpc.service;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.RpcMethod;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A method of a contract: as Java sees it, and as a call names it. The engine knows futures and publishers of the JDK; what
 * else stands in a signature is turned into them, and back, here.
 *
 * @param java the interface's method
 * @param rpc its description
 * @param shape how it hands over its result
 * @param listener the place of the parameter that hears the result; -1 unless that is the shape
 * @param result whose type the result is; null if the JDK's, or a plain value
 * @param stream whose type the parameter is that is a stream; null if the JDK's, or if there is none
 */
public record ContractMethod(
        Method java,
        RpcMethod rpc,
        ResultShape shape,
        int listener,
        @Nullable AsyncTypes result,
        @Nullable AsyncTypes stream) {
    /** A service's method. */
    @FunctionalInterface
    public interface Body {
        @Nullable
        Object run(@Nullable Object[] arguments) throws Throwable;
    }

    /** Runs the method of a service with the arguments of a call; what it returns is as the engine knows it. */
    public @Nullable Object serve(@Nullable Object[] arguments, Cancellation cancellation, Body body) throws Throwable {
        if (listener < 0) {
            return ofService(body.run(forService(arguments)), cancellation);
        }
        Listener heard = new Listener();
        try {
            @Nullable Object[] all = new Object[arguments.length + 1];
            System.arraycopy(arguments, 0, all, 0, listener);
            all[listener] = heard;
            System.arraycopy(arguments, listener, all, listener + 1, arguments.length - listener);
            Object nothing = body.run(all);
            assert nothing == null : "a void method";
        } catch (Throwable thrown) {
            heard.abandon();
            throw thrown;
        }
        return heard;
    }

    @SuppressWarnings("unchecked") // The element type is checked by the codec.
    private @Nullable Object[] forService(@Nullable Object[] arguments) {
        Object publisher = stream == null ? null : arguments[rpc.streamParameter()];
        return stream == null || publisher == null
                ? arguments
                : with(arguments, stream.ofPublisher((Flow.Publisher<Object>) publisher));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // It is the result, of which the invoker takes care.
    private @Nullable Object ofService(@Nullable Object returned, Cancellation cancellation) {
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
    Object later(Door door, @Nullable Object[] given) {
        @Nullable Object[] arguments = ofCaller(given);
        return result == null ? door.callAsync(arguments) : result.ofCall(() -> door.callAsync(arguments));
    }

    /** What a caller gets who is to subscribe to the call; null if its listener has subscribed. */
    @SuppressWarnings("unchecked") // The listener's type is that of the elements.
    @Nullable
    Object stream(Door door, @Nullable Object[] given) {
        if (listener < 0) {
            StreamedResult call = new StreamedResult(door, ofCaller(given));
            return result == null ? call : result.ofPublisher(call);
        }
        @Nullable Object[] arguments = Arrays.copyOf(given, given.length - 1);
        System.arraycopy(given, listener + 1, arguments, listener, arguments.length - listener);
        Flow.Subscriber<Object> reader =
                (Flow.Subscriber<Object>) Objects.requireNonNull(given[listener], () -> "the listener of " + rpc);
        new StreamedResult(door, ofCaller(arguments)).subscribe(reader);
        return null;
    }

    /** The arguments that a caller gave, as the engine knows them. */
    @Nullable
    Object[] ofCaller(@Nullable Object[] given) {
        Object many = stream == null ? null : given[rpc.streamParameter()];
        return stream == null || many == null ? given : with(given, stream.toPublisher(many));
    }

    private @Nullable Object[] with(@Nullable Object[] arguments, Object many) {
        @Nullable Object[] changed = arguments.clone();
        changed[rpc.streamParameter()] = many;
        return changed;
    }
}
