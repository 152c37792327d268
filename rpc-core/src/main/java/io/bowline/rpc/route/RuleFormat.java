package io.bowline.rpc.route;

import io.bowline.rpc.Plugins;

/**
 * A notation of rules: turns a text into nested maps, lists and texts. Every scalar is a text, whatever it looks like: a
 * version 1.10 stays 1.10, and a country NO stays NO. Thread-safe; the texts are untrusted.
 */
public interface RuleFormat {
    /** The only one on the class path; fails with {@code INVALID_CONFIGURATION} when there is none or a choice. */
    static RuleFormat found() {
        return Plugins.load(RuleFormat.class, RuleFormat::name).only();
    }

    /** The name in configuration. */
    String name();

    /**
     * Reads a document.
     *
     * @return {@code Map}s with texts as keys, {@code List}s and {@code String}s, nested
     * @throws IllegalArgumentException if the text is not of this notation, or is nested or repeated beyond reason
     */
    Object parse(String text);
}
