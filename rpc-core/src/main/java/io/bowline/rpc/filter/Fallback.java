package io.bowline.rpc.filter;

import io.bowline.rpc.RpcException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What answers in place of a call that failed. It is checked against the contract when the proxy is made. */
public sealed interface Fallback {
    /** No fallback: a failure is a failure. */
    Fallback NONE = new None();

    /** The method of the same signature of an implementation of the contract. */
    static Fallback of(Object implementation) {
        return new Implementation(implementation);
    }

    /** The same, with an implementation that is made for each failure and may look at it. */
    static Fallback from(Function<? super RpcException, ?> factory) {
        return new Factory(factory);
    }

    /** A constant; null for {@code void} methods and for results that may be null. */
    static Fallback value(@Nullable Object value) {
        return new Value(value);
    }

    /** Another failure in place of the call's own; made anew for each, which may become its cause. */
    static Fallback failure(Function<? super RpcException, ? extends Throwable> failure) {
        return new Failure(failure);
    }

    /**
     * A function of the argument of methods that have exactly one. What it gives must be the method's result; without
     * its stage, where the method is asynchronous.
     */
    static Fallback answer(Function<?, ?> answer) {
        return new Answer(answer);
    }

    /** A function of all arguments and of the failure; its result is as that of {@link #answer}. */
    static Fallback answer(BiFunction<@Nullable Object[], RpcException, ?> answer) {
        return new FullAnswer(answer);
    }

    /** See {@link #NONE}. */
    record None() implements Fallback {}

    /** See {@link #of}. */
    record Implementation(Object service) implements Fallback {}

    /** See {@link #from}. */
    record Factory(Function<? super RpcException, ?> factory) implements Fallback {}

    /** See {@link #value}. */
    record Value(@Nullable Object value) implements Fallback {}

    /** See {@link #failure}. */
    record Failure(Function<? super RpcException, ? extends Throwable> failure) implements Fallback {}

    /** See {@link #answer(Function)}. */
    record Answer(Function<?, ?> answer) implements Fallback {}

    /** See {@link #answer(BiFunction)}. */
    record FullAnswer(BiFunction<@Nullable Object[], RpcException, ?> answer) implements Fallback {}
}
