package io.bowline.rpc.route;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every {@link RuleSource} of texts needs: it reads a text that has changed, logs what is wrong with it, and tells
 * whoever watches. A text that is no document of rules changes nothing. Thread-safe.
 */
public final class RuleFeed {
    private static final Logger log = LoggerFactory.getLogger(RuleFeed.class);
    private static final int LONGEST_TEXT = 1 << 20;

    private final String description;
    private final RuleFormat format;

    // Guarded by this.
    private final List<Consumer<RuleSet>> listeners = new ArrayList<>();
    private @Nullable String text;
    private @Nullable RuleSet known;

    /**
     * A feed of one source.
     *
     * @param description where the texts come from, as messages show it
     */
    public RuleFeed(String description, RuleFormat format) {
        this.description = description;
        this.format = format;
    }

    public String description() {
        return description;
    }

    /** As {@link RuleSource#watch}. */
    public synchronized RuleSource.Watch watch(Consumer<RuleSet> listener) {
        listeners.add(listener);
        if (known != null) {
            listener.accept(known);
        }
        return () -> forget(listener);
    }

    private synchronized void forget(Consumer<RuleSet> listener) {
        listeners.remove(listener);
    }

    /** The source's text now, whether or not it has changed. */
    public synchronized void told(String text) {
        if (text.equals(this.text)) {
            return;
        }
        this.text = text;
        RuleSet read;
        try {
            read = read(text);
        } catch (IllegalArgumentException wrong) {
            log.warn("Rules of {} cannot be used: {}; those before stand", description, wrong.getMessage());
            return;
        }
        read.problems().forEach(problem -> log.warn("Rules of {}: {}", description, problem));
        if (!read.equals(known)) {
            known = read;
            listeners.forEach(listener -> listener.accept(read));
        }
    }

    private RuleSet read(String text) {
        if (text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException(text.length() + " characters (expected: at most " + LONGEST_TEXT + ")");
        }
        return RuleReader.read(format.parse(text));
    }

    /** Ends all watches. */
    public synchronized void close() {
        listeners.clear();
    }
}
