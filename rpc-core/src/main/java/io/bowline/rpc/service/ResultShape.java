package io.bowline.rpc.service;

import io.bowline.rpc.Code;
import io.bowline.rpc.OneWay;
import io.bowline.rpc.RpcException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
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
    /** Nothing, and the caller does not wait for the service. */
    ONE_WAY;

    static ResultShape of(Method method, @Nullable AsyncTypes library) {
        Class<?> result = method.getReturnType();
        if (method.isAnnotationPresent(OneWay.class)) {
            if (result != void.class) {
                throw RpcException.of(
                        Code.INVALID_CONFIGURATION,
                        "@OneWay on " + method.toGenericString() + " (expected: a void method); nothing comes back");
            }
            return ONE_WAY;
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

    /** What travels: the declared type without its stage, or the type of a stream's elements. */
    Type valueType(Type declared) {
        if (this != STAGE && this != STREAM) {
            return declared;
        }
        return declared instanceof ParameterizedType wrapped ? wrapped.getActualTypeArguments()[0] : Object.class;
    }
}
