package io.bowline.rpc.service;

import io.bowline.rpc.CallContext;
import io.bowline.rpc.Code;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The last room of a call: the method of the user's object, run on the calling thread inside a {@link CallContext}.
 * Whatever it throws, an {@link RpcException} of a nested call included, becomes {@code APPLICATION}: what a service
 * could not do says nothing of whether it began.
 */
public final class ServiceInvoker implements Invoker {
    private static final MethodType ANY = MethodType.methodType(Object.class, Object[].class);

    private final ContractMethod.Body[] bodies;
    private final ContractMethod[] methods;

    public ServiceInvoker(ServiceContract contract, Object service) {
        bodies = new ContractMethod.Body[contract.methods().size()];
        methods = new ContractMethod[bodies.length];
        for (ContractMethod method : contract.methods()) {
            int index = method.rpc().index();
            MethodHandle handle = bind(method.java(), service);
            bodies[index] = arguments -> (Object) handle.invokeExact(arguments);
            methods[index] = method;
        }
    }

    private static MethodHandle bind(Method method, Object service) {
        try {
            method.setAccessible(true);
            return MethodHandles.lookup()
                    .unreflect(method)
                    .bindTo(service)
                    .asFixedArity()
                    .asSpreader(Object[].class, method.getParameterCount())
                    .asType(ANY);
        } catch (IllegalAccessException | RuntimeException closed) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    service.getClass().getName() + " cannot serve " + method.toGenericString() + ": "
                            + closed.getMessage()
                            + " (expected: an implementation of an interface that this module may call)",
                    closed);
        }
    }

    @Override
    public CompletionStage<Response> invoke(Request request) {
        int index = request.method().index();
        Metadata incoming = request.metadata();
        CallContext context = new CallContext(
                incoming, incoming.baggage(), request.deadline(), request.cancellation(), request.peer());
        CallContext.Scope scope = context.enter();
        try {
            ContractMethod method = methods[index];
            Object result = method.serve(request.arguments(), request.cancellation(), bodies[index]);
            return method.shape() == ResultShape.STAGE ? whenDone(request, result, context) : done(result, context);
        } catch (Throwable thrown) {
            return CompletableFuture.failedFuture(RpcException.application(thrown, null));
        } finally {
            scope.close();
        }
    }

    private static CompletionStage<Response> done(@Nullable Object result, CallContext context) {
        return CompletableFuture.completedFuture(response(result, context));
    }

    private static Response response(@Nullable Object result, CallContext context) {
        Metadata labels = context.answering();
        return labels.isEmpty() ? Response.of(result) : new Response(result, labels);
    }

    @SuppressWarnings("unchecked") // The method's declared result is a CompletionStage.
    private static CompletionStage<Response> whenDone(Request request, @Nullable Object result, CallContext context) {
        if (result == null) {
            return CompletableFuture.failedFuture(RpcException.application(
                    new NullPointerException(request.method() + " returned null (expected: a CompletionStage)"), null));
        }
        return ((CompletionStage<@Nullable Object>) result).handle((value, thrown) -> {
            if (thrown != null) {
                throw RpcException.application(RpcException.unwrap(thrown), null);
            }
            return response(value, context);
        });
    }
}
