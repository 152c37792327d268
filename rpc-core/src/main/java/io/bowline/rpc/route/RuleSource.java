package io.bowline.rpc.route;

import java.util.function.Consumer;

/**
 * Where rules come from, and come anew when somebody changes them. What it once told stands while it cannot be read.
 * Thread-safe. Closing it ends its watches.
 */
public interface RuleSource extends AutoCloseable {
    /**
     * Tells the listener the rules: within this call if they are known already, and whenever they change, on a thread of
     * the source, one after the other. A listener may take its time, but must not wait for anything.
     */
    Watch watch(Consumer<RuleSet> listener);

    /** Where that is, as messages show it. */
    String description();

    @Override
    void close();

    /** Ends with {@link #close()}. */
    @FunctionalInterface
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
