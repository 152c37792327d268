package io.bowline.rpc.wire.value;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;

/** The two ways in which a codec says no. Messages hold types and places, never values. */
public final class Refusal {
    private Refusal() {}

    /** A type, or a value in a call, that cannot be kept: thrown where codecs are built and where they write. */
    public static RpcException notSerializable(String what, String remedy) {
        return RpcException.unprocessed(Code.NOT_SERIALIZABLE, what + "; " + remedy);
    }

    /** Bytes that are no value of the declared type. */
    public static RpcException malformed(String what) {
        return RpcException.of(Code.MALFORMED_DATA, "cannot read: " + what);
    }

    /** The same, with what the JDK or a constructor of the user threw at them. */
    public static RpcException malformed(String what, Throwable cause) {
        return RpcException.of(
                Code.MALFORMED_DATA,
                "cannot read: " + what + " (" + cause.getClass().getSimpleName() + ")",
                cause);
    }
}
