package io.bowline.rpc.transport;

import io.bowline.rpc.Code;
import io.bowline.rpc.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * What stands ahead of a response's body.
 *
 * @param code null for a success, whose body is the value; else the failure, whose body is its envelope
 * @param unprocessed for a failure: whether the server certainly did not begin the call
 * @param metadata labels
 */
public record ResponseHead(@Nullable Code code, boolean unprocessed, Metadata metadata) {
    /** A success without labels. */
    public static final ResponseHead OK = new ResponseHead(null, false, Metadata.EMPTY);

    public boolean ok() {
        return code == null;
    }
}
