package io.bowline.rpc.transport;

/** How a stream of messages ends that its writer failed: what it says is the envelope of any failure. */
public final class StreamFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient FailureMessage failure;

    public StreamFailure(FailureMessage failure) {
        super(failure.toException().getMessage(), null, false, false);
        this.failure = failure;
    }

    /** The failure, as it travels. */
    public FailureMessage failure() {
        return failure;
    }
}
