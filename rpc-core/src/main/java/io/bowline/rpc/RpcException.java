package io.bowline.rpc;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The one failure of a call. Its {@link #code()} is from a closed set; its message says what failed, where, why and
 * what to do, in one line and without argument values.
 *
 * <p>{@link #unprocessed()} says one thing with precision: it is certain that no server began this call. Whether to try
 * again is asked of that, not of a class name.
 *
 * <p>An exception of the service itself arrives with {@link Code#APPLICATION}: its cause is the service's exception
 * where its type is part of the contract; otherwise {@link #remote()} keeps its name, message and stack.
 */
public final class RpcException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Code code;
    private final boolean unprocessed;
    private final transient @Nullable RemoteFailure remote;

    private RpcException(
            Code code, boolean unprocessed, String message, @Nullable Throwable cause, @Nullable RemoteFailure remote) {
        super(message, cause);
        this.code = code;
        this.unprocessed = unprocessed;
        this.remote = remote;
    }

    /** A failure of a call that a server may have begun. The message is given without the code's label. */
    public static RpcException of(Code code, String message) {
        return new RpcException(code, false, code.label() + " " + message, null, null);
    }

    /** The same, with what caused it. */
    public static RpcException of(Code code, String message, @Nullable Throwable cause) {
        return new RpcException(code, false, code.label() + " " + message, cause, null);
    }

    /** A failure of a call that certainly no server began. */
    public static RpcException unprocessed(Code code, String message) {
        return new RpcException(code, true, code.label() + " " + message, null, null);
    }

    /** The same, with what caused it. */
    public static RpcException unprocessed(Code code, String message, @Nullable Throwable cause) {
        return new RpcException(code, true, code.label() + " " + message, cause, null);
    }

    /** An exception that the service threw, on the side where its object exists. */
    public static RpcException application(Throwable thrown, @Nullable RemoteFailure remote) {
        return new RpcException(
                Code.APPLICATION, false, Code.APPLICATION.label() + " the service threw " + thrown, thrown, remote);
    }

    /** A failure as a provider told it: the message is complete, label included. */
    public static RpcException told(Code code, boolean unprocessed, String message, @Nullable RemoteFailure remote) {
        return new RpcException(code, unprocessed, message, null, remote);
    }

    /** The same failure with this thread's stack: what an I/O thread found says little of who called. */
    public RpcException here() {
        return new RpcException(code, unprocessed, String.valueOf(getMessage()), getCause(), remote);
    }

    /**
     * The same failure after several attempts.
     *
     * @param note what to add to the message
     * @param unprocessed whether it is certain that no server began any of them
     */
    public RpcException afterAttempts(String note, boolean unprocessed) {
        return new RpcException(code, unprocessed, getMessage() + "; " + note, getCause(), remote);
    }

    /** Anything thrown, as the one failure; wrappers of {@code java.util.concurrent} are taken off. */
    public static RpcException from(Throwable thrown) {
        Throwable bare = unwrap(thrown);
        if (bare instanceof RpcException already) {
            return already;
        }
        if (bare instanceof CancellationException) {
            return of(Code.CANCELLED, "the caller cancelled the call", bare);
        }
        return of(Code.INTERNAL, "an unexpected " + bare.getClass().getName() + ": " + bare.getMessage(), bare);
    }

    /** What {@code java.util.concurrent} wrapped on the way. */
    public static Throwable unwrap(Throwable thrown) {
        Throwable bare = thrown;
        while ((bare instanceof CompletionException || bare instanceof ExecutionException) && bare.getCause() != null) {
            bare = bare.getCause();
        }
        return bare;
    }

    /** The same failure, of a call that certainly no server began. */
    public RpcException asUnprocessed() {
        if (unprocessed) {
            return this;
        }
        RpcException same = new RpcException(code, true, String.valueOf(getMessage()), getCause(), remote);
        same.setStackTrace(getStackTrace());
        return same;
    }

    public Code code() {
        return code;
    }

    /** True only where it is certain that no server began this call. */
    public boolean unprocessed() {
        return unprocessed;
    }

    /** What the provider told of its exception; null where no provider threw one. */
    public @Nullable RemoteFailure remote() {
        return remote;
    }
}
