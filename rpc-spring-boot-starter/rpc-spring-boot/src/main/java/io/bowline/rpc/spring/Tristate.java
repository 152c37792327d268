package io.bowline.rpc.spring;

/** Yes, no, or nothing said: an annotation's attribute that leaves room for whoever has a lower word. */
public enum Tristate {
    /** Nothing is said here. */
    UNSET,
    /** Yes. */
    TRUE,
    /** No. */
    FALSE;

    /** Whether something is said. */
    public boolean isSet() {
        return this != UNSET;
    }

    /** What is said; asked only where {@link #isSet()}. */
    public boolean isTrue() {
        return this == TRUE;
    }
}
