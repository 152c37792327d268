package io.bowline.benchmark.runner;

/** A process has ended, or did not answer in time and was killed. */
final class Gone extends Exception {
    private static final long serialVersionUID = 1;

    private final String reason;

    Gone(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
