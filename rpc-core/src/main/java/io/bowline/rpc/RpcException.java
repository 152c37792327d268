package io.bowline.rpc;

import java.util.ArrayList;
import java.util.List;
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

    /** Null once it was serialized: the story is told where the call was made. */
    private final transient @Nullable Story story;

    private record Story(
            @Nullable RemoteFailure remote,
            List<Attempt> attempts,
            @Nullable CallReport report) {
        static final Story NONE = new Story(null, List.of(), null);

        static Story of(@Nullable RemoteFailure remote) {
            return remote == null ? NONE : new Story(remote, List.of(), null);
        }
    }

    private RpcException(
            Code code, boolean unprocessed, String message, @Nullable Throwable cause, @Nullable Story story) {
        super(message, cause);
        this.code = code;
        this.unprocessed = unprocessed;
        this.story = story;
    }

    /** The same failure on its way from an I/O thread, whose stack tells nothing. */
    private RpcException(RpcException same, Story story) {
        super(same.getMessage(), same.getCause(), false, false);
        this.code = same.code;
        this.unprocessed = same.unprocessed;
        this.story = story;
    }

    /** A failure of a call that a server may have begun. The message is given without the code's label. */
    public static RpcException of(Code code, String message) {
        return new RpcException(code, false, code.label() + " " + message, null, Story.NONE);
    }

    /** The same, with what caused it. */
    public static RpcException of(Code code, String message, @Nullable Throwable cause) {
        return new RpcException(code, false, code.label() + " " + message, cause, Story.NONE);
    }

    /** A failure of a call that certainly no server began. */
    public static RpcException unprocessed(Code code, String message) {
        return new RpcException(code, true, code.label() + " " + message, null, Story.NONE);
    }

    /** The same, with what caused it. */
    public static RpcException unprocessed(Code code, String message, @Nullable Throwable cause) {
        return new RpcException(code, true, code.label() + " " + message, cause, Story.NONE);
    }

    /** An exception that the service threw, on the side where its object exists. */
    public static RpcException application(Throwable thrown, @Nullable RemoteFailure remote) {
        return new RpcException(
                Code.APPLICATION,
                false,
                Code.APPLICATION.label() + " the service threw " + thrown,
                thrown,
                Story.of(remote));
    }

    /** A failure as a provider told it: the message is complete, label included. */
    public static RpcException told(Code code, boolean unprocessed, String message, @Nullable RemoteFailure remote) {
        return new RpcException(code, unprocessed, message, null, Story.of(remote));
    }

    /** The same failure with this thread's stack: what an I/O thread found says little of who called. */
    public RpcException here() {
        return new RpcException(code, unprocessed, String.valueOf(getMessage()), getCause(), story);
    }

    /** The same failure with this thread's stack, and with the whole story of the call. */
    public RpcException here(CallReport report) {
        return new RpcException(
                code,
                unprocessed,
                String.valueOf(getMessage()),
                getCause(),
                new Story(remote(), report.attempts(), report));
    }

    /** The same failure, of which this is known. */
    public RpcException at(Attempt attempt) {
        List<Attempt> all = new ArrayList<>(attempts());
        all.add(attempt);
        return new RpcException(this, new Story(remote(), List.copyOf(all), report()));
    }

    /** The same failure, and what else there is to say of it. */
    public RpcException afterAttempts(String note, boolean unprocessed) {
        return afterAttempts(attempts(), note, unprocessed);
    }

    /**
     * The same failure after several attempts.
     *
     * @param attempts all that are known
     * @param note what to add to the message
     * @param unprocessed whether it is certain that no server began any of them
     */
    public RpcException afterAttempts(List<Attempt> attempts, String note, boolean unprocessed) {
        Story after = new Story(remote(), List.copyOf(attempts), report());
        return new RpcException(code, unprocessed, getMessage() + "; " + note, getCause(), after);
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
        RpcException same = new RpcException(code, true, String.valueOf(getMessage()), getCause(), story);
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
        return story == null ? null : story.remote;
    }

    /** The attempts of the call so far, in the order in which they failed. */
    public List<Attempt> attempts() {
        return story == null ? List.of() : story.attempts;
    }

    /** The whole story of the call; null until the failure has come to the caller. */
    public @Nullable CallReport report() {
        return story == null ? null : story.report;
    }

    /**
     * Why, in lines: the call, its deadline, what each registry said and rules left, the providers, each attempt with its
     * times, and every option in force with its origin. Where nothing of that is known, the message.
     */
    public String explain() {
        CallReport report = report();
        return report == null ? String.valueOf(getMessage()) : report.toString();
    }
}
