package io.bowline.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes down the attempts of one call, of which somebody wants to know how it went. Travels with the {@link Request} on
 * the client; nearly all calls have none. Thread-safe: attempts may run side by side.
 */
public final class CallRecord {
    /** Asks the server how long the call waited there and how long its handler took. */
    public static final String LABEL = "bowline-record";

    private final @Nullable Consumer<? super CallReport> caller;
    private final boolean listened;
    private final List<Attempt> attempts = new ArrayList<>();

    /**
     * A record of a call that is about to begin.
     *
     * @param caller gets the report; null where the caller did not ask
     * @param listened whether the client's listener asked
     */
    public CallRecord(@Nullable Consumer<? super CallReport> caller, boolean listened) {
        this.caller = caller;
        this.listened = listened;
    }

    /** Who gets the report; null where the caller did not ask. */
    public @Nullable Consumer<? super CallReport> caller() {
        return caller;
    }

    /** Whether the client's listener asked. */
    public boolean listened() {
        return listened;
    }

    /** These labels, with the question to the server. */
    public Metadata askServer(Metadata labels) {
        return labels.with(LABEL, "1");
    }

    /** An attempt has ended. */
    public synchronized void ended(Attempt attempt) {
        attempts.add(attempt);
    }

    /** Those that have ended so far, in that order. */
    public synchronized List<Attempt> attempts() {
        return List.copyOf(attempts);
    }
}
