package io.bowline.rpc.client;

import io.bowline.rpc.CallContext;
import io.bowline.rpc.Code;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.filter.Fallback;
import io.bowline.rpc.filter.FallbackFilter;
import io.bowline.rpc.service.ContractMethod;
import io.bowline.rpc.service.ResultShape;
import io.bowline.rpc.service.ServiceContract;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a reference's {@link Fallback} what answers for one of its methods. What can be wrong is found when the proxy
 * is made. User code runs on the callback executor, since a failure may be found on an I/O thread, and in the context of
 * the failed call: what it calls inherits the same deadline.
 *
 * @param contract the reference's; null for generic calls
 * @param callbacks runs user code
 */
record FallbackAnswers(@Nullable ServiceContract contract, Executor callbacks) {
    /** User code that answers. */
    @FunctionalInterface
    private interface Answering {
        @Nullable
        Object answer(Request request, RpcException failure) throws Throwable;
    }

    FallbackFilter.Answer of(Setting<Fallback> setting, RpcMethod method) {
        Fallback fallback = setting.value();
        if (fallback instanceof Fallback.Value constant) {
            return constant(setting, constant.value(), method);
        }
        if (fallback instanceof Fallback.Failure failing) {
            return elsewhere((request, failure) -> {
                throw failing.failure().apply(failure);
            });
        }
        if (fallback instanceof Fallback.Implementation implementation) {
            ContractMethod called = called(implementation.service(), method, setting);
            return elsewhere((request, failure) -> call(called, implementation.service(), request));
        }
        if (fallback instanceof Fallback.Factory factory) {
            return elsewhere((request, failure) -> {
                Object made = factory.factory().apply(failure);
                return call(called(made, method, setting), made, request);
            });
        }
        if (fallback instanceof Fallback.Answer answer
                && method.parameterTypes().size() == 1) {
            return elsewhere((request, failure) -> suitable(method, apply(answer.answer(), request.arguments()[0])));
        }
        if (fallback instanceof Fallback.FullAnswer answer) {
            return elsewhere((request, failure) ->
                    suitable(method, answer.answer().apply(request.arguments().clone(), failure)));
        }
        return (request, failure) -> CompletableFuture.failedFuture(failure);
    }

    @SuppressWarnings("unchecked") // What does not take the argument says so by a ClassCastException.
    private static @Nullable Object apply(Function<?, ?> answer, @Nullable Object argument) {
        return ((Function<@Nullable Object, @Nullable Object>) answer).apply(argument);
    }

    private FallbackFilter.Answer constant(Setting<Fallback> setting, @Nullable Object value, RpcMethod method) {
        if (!suits(method, value)) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "fallback of " + method + " by " + setting.origin() + ": " + mismatch(method, value));
        }
        CompletableFuture<Response> answer = CompletableFuture.completedFuture(Response.of(value));
        return (request, failure) -> answer.copy();
    }

    private ContractMethod called(@Nullable Object service, RpcMethod method, Setting<Fallback> setting) {
        if (contract == null || !contract.type().isInstance(service)) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "fallback of " + method + " by " + setting.origin() + ": "
                            + (service == null ? "null" : service.getClass().getName()) + " (expected: "
                            + (contract == null
                                    ? "a constant or a function, for generic calls have no contract"
                                    : "an implementation of " + contract.type().getName()
                                            + "; for a constant take Fallback.value(…)")
                            + ")");
        }
        ContractMethod called = contract.methods().get(method.index());
        called.java().setAccessible(true);
        return called;
    }

    private static @Nullable Object call(ContractMethod method, Object service, Request request) throws Throwable {
        try {
            Object result = method.serve(
                    request.arguments(),
                    request.cancellation(),
                    arguments -> method.java().invoke(service, arguments));
            return method.shape() == ResultShape.STAGE && result == null
                    ? CompletableFuture.completedStage(null)
                    : result;
        } catch (InvocationTargetException thrown) {
            throw thrown.getTargetException();
        }
    }

    /** The value itself, if the method may return it. */
    private static @Nullable Object suitable(RpcMethod method, @Nullable Object value) {
        if (!(value instanceof CompletionStage) && !suits(method, value)) {
            throw new ClassCastException(mismatch(method, value));
        }
        return value;
    }

    private static boolean suits(RpcMethod method, @Nullable Object value) {
        Type type = method.resultType();
        if (!(type instanceof Class<?> result)) {
            return true;
        }
        if (value == null || result == void.class) {
            return !result.isPrimitive() || result == void.class;
        }
        return MethodType.methodType(result).wrap().returnType().isInstance(value);
    }

    private static String mismatch(RpcMethod method, @Nullable Object value) {
        return (value == null ? "null" : value.getClass().getName()) + " (expected: a "
                + method.resultType().getTypeName() + ")";
    }

    private FallbackFilter.Answer elsewhere(Answering code) {
        return (request, failure) -> {
            CompletableFuture<Response> answer = new CompletableFuture<>();
            onCallbacks(() -> run(code, request, failure, answer));
            return answer;
        };
    }

    private void run(Answering code, Request request, RpcException failure, CompletableFuture<Response> answer) {
        CallContext.Scope scope = new CallContext(
                        Metadata.EMPTY, request.metadata(), request.deadline(), request.cancellation(), "")
                .enter();
        try {
            Object result = code.answer(request, failure);
            if (result instanceof CompletionStage<?> stage) {
                stage.whenComplete((value, thrown) -> {
                    if (thrown == null) {
                        answer.complete(Response.of(value));
                    } else {
                        answer.completeExceptionally(failed(RpcException.unwrap(thrown), failure));
                    }
                });
            } else {
                answer.complete(Response.of(result instanceof Flow.Publisher<?> stream ? elsewhere(stream) : result));
            }
        } catch (Throwable thrown) {
            answer.completeExceptionally(failed(thrown, failure));
        } finally {
            scope.close();
        }
    }

    /** A stream whose first elements, which are asked for when it is subscribed to, come on no I/O thread. */
    private <T> Flow.Publisher<T> elsewhere(Flow.Publisher<T> stream) {
        return subscriber -> onCallbacks(() -> stream.subscribe(subscriber));
    }

    private void onCallbacks(Runnable code) {
        try {
            callbacks.execute(code);
        } catch (RejectedExecutionException full) {
            code.run();
        }
    }

    /** What the fallback threw, and behind it the failure that it was asked to answer for. */
    private static RpcException failed(Throwable thrown, RpcException failure) {
        if (thrown == failure) {
            return failure;
        }
        if (thrown.getCause() != failure) {
            thrown.addSuppressed(failure);
        }
        return RpcException.application(thrown, null);
    }
}
