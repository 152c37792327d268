package io.bowline.rpc.observe;

import java.util.Locale;

/** From where a call is looked at. */
public enum Side {
    /** Who calls. */
    CLIENT,
    /** Who is called. */
    SERVER;

    /** In names of measures and in logs: {@code client}, {@code server}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
