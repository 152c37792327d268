package io.bowline.rpc.service;

import io.bowline.rpc.Code;
import io.bowline.rpc.OneWay;
import io.bowline.rpc.RpcException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** How a contract's method hands over its result. */
public enum ResultShape {
    /** The result itself, {@code void} included; the caller waits. */
    PLAIN,
    /** A {@code CompletionStage} or {@code CompletableFuture}, or what {@link AsyncTypes} take for one. */
    STAGE,
    /** A {@code Flow.Publisher}, or what {@link AsyncTypes} take for one: each subscription is a call, and elements come as they are asked for. */
    STREAM,
    /** Nothing: a {@code Flow.Subscriber} among the arguments hears what would be the elements of a stream. */
    LISTENER,
    /** Nothing, and the caller does not wait for the service. */
    ONE_WAY;

    static ResultShape of(Method method, @Nullable AsyncTypes library) {
        Class<?> result = method.getReturnType();
        if (method.isAnnotationPresent(OneWay.class)) {
            if (result != void.class || listenerOf(method) >= 0) {
                throw RpcException.of(
                        Code.INVALID_CONFIGURATION,
                        "@OneWay on " + method.toGenericString()
                                + " (expected: a void method without a listener); nothing comes back");
            }
            return ONE_WAY;
        }
        if (listenerOf(method) >= 0) {
            if (result != void.class) {
                throw RpcException.of(
                        Code.INVALID_CONFIGURATION,
                        method.toGenericString()
                                + " takes a Flow.Subscriber (expected: a void method, whose listener hears"
                                + " the result)");
            }
            return LISTENER;
        }
        if (library != null) {
            return result == library.many() ? STREAM : STAGE;
        }
        if (result == Flow.Publisher.class) {
            return STREAM;
        }
        if (Flow.Publisher.class.isAssignableFrom(result)) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "result of " + method.toGenericString() + " (expected: Flow.Publisher itself)");
        }
        if (result == CompletionStage.class || result == CompletableFuture.class) {
            return STAGE;
        }
        if (Future.class.isAssignableFrom(result) || CompletionStage.class.isAssignableFrom(result)) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "result of " + method.toGenericString() + " (expected: CompletableFuture or CompletionStage)");
        }
        return PLAIN;
    }

    /** The place of the parameter that hears the result; -1 if there is none. */
    static int listenerOf(Method method) {
        List<Class<?>> parameters = List.of(method.getParameterTypes());
        int found = parameters.indexOf(Flow.Subscriber.class);
        if (found != parameters.lastIndexOf(Flow.Subscriber.class)) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "listeners of " + method.toGenericString() + " (expected: one Flow.Subscriber at most)");
        }
        return found;
    }

    /** Whether what comes is a stream of elements. */
    boolean streams() {
        return this == STREAM || this == LISTENER;
    }

    /** What travels: the declared type without its stage, or the type of a stream's elements. */
    Type valueType(Type declared) {
        if (this != STAGE && !streams()) {
            return declared;
        }
        Type elements =
                declared instanceof ParameterizedType wrapped ? wrapped.getActualTypeArguments()[0] : Object.class;
        return elements instanceof WildcardType any && any.getLowerBounds().length > 0
                ? any.getLowerBounds()[0]
                : elements;
    }
}
