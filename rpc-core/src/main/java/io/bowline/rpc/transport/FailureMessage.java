package io.bowline.rpc.transport;

import io.bowline.rpc.Code;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.RemoteFailure;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failure as a response: the one envelope for all serializers, written by the server's engine and by transports that
 * refuse a call. It holds text and, for a service's exception of a contract type, that exception's fields.
 *
 * <p>Body: message; then, if the service threw, the chain of remote failures from the outermost in; then the fields as
 * opaque bytes. Everything is bounded when written and checked when read.
 */
public final class FailureMessage implements Outbound<ResponseHead> {
    private static final int MAX_TEXT = 4_096;
    private static final int MAX_FRAMES = 64;
    private static final int MAX_CAUSES = 8;

    private final ResponseHead head;
    private final String message;
    private final @Nullable RemoteFailure remote;
    private final byte[] fields;

    private FailureMessage(ResponseHead head, String message, @Nullable RemoteFailure remote, byte[] fields) {
        this.head = head;
        this.message = message;
        this.remote = remote;
        this.fields = fields;
    }

    /** A failure without fields. */
    public static FailureMessage of(RpcException failure) {
        return of(failure, failure.remote(), new byte[0]);
    }

    /** A failure of the service itself, with its exception's fields as the contract's codec wrote them. */
    public static FailureMessage of(RpcException failure, @Nullable RemoteFailure remote, byte[] fields) {
        ResponseHead head = new ResponseHead(failure.code(), failure.unprocessed(), Metadata.EMPTY);
        return new FailureMessage(head, String.valueOf(failure.getMessage()), remote, fields);
    }

    /**
     * Reads the failure of a response whose head is not {@link ResponseHead#ok() ok}. An empty body is a failure without
     * a message.
     *
     * @throws RpcException {@code MALFORMED_DATA}
     */
    public static FailureMessage read(ResponseHead head, WireInput body) {
        if (body.remaining() == 0) {
            return new FailureMessage(head, "", null, new byte[0]);
        }
        String message = body.readString();
        RemoteFailure remote = readRemote(body, MAX_CAUSES);
        return new FailureMessage(head, message, remote, body.readBytes(body.remaining()));
    }

    @Override
    public ResponseHead head() {
        return head;
    }

    /** What the provider says of the exception that its service threw; null where none did. */
    public @Nullable RemoteFailure remote() {
        return remote;
    }

    /** The exception's fields, for the contract's codec; empty where there are none. */
    public byte[] fields() {
        return fields.clone();
    }

    /** The failure as an exception that nothing was rebuilt for. */
    public RpcException toException() {
        Code code = head.code() == null ? Code.INTERNAL : head.code();
        String text = message.isEmpty() ? code.label() + " the provider gave no reason" : message;
        return RpcException.told(code, head.unprocessed(), text, remote);
    }

    @Override
    public void writeTo(WireOutput body) {
        body.writeString(cut(message));
        writeRemote(body, remote, MAX_CAUSES);
        body.write(fields);
    }

    private static void writeRemote(WireOutput out, @Nullable RemoteFailure failure, int left) {
        if (failure == null || left == 0) {
            out.writeByte(0);
            return;
        }
        out.writeByte(failure.message() == null ? 1 : 2);
        out.writeString(cut(failure.type()));
        if (failure.message() != null) {
            out.writeString(cut(failure.message()));
        }
        out.writeString(cut(failure.node()));
        int frames = Math.min(MAX_FRAMES, failure.stack().size());
        out.writeVarInt(frames);
        for (String frame : failure.stack().subList(0, frames)) {
            out.writeString(cut(frame));
        }
        writeRemote(out, failure.cause(), left - 1);
    }

    private static @Nullable RemoteFailure readRemote(WireInput in, int left) {
        int kind = in.readByte();
        if (kind == 0) {
            return null;
        }
        if (kind < 0 || kind > 2 || left == 0) {
            throw RpcException.of(
                    Code.MALFORMED_DATA,
                    "a failure of kind " + kind + ", depth " + (MAX_CAUSES - left + 1)
                            + " (expected: kind 0 to 2, depth at most " + MAX_CAUSES + ")");
        }
        String type = in.readString();
        String message = kind == 2 ? in.readString() : null;
        String node = in.readString();
        int count = in.readLength();
        if (count > MAX_FRAMES) {
            throw RpcException.of(
                    Code.MALFORMED_DATA, "a stack of " + count + " frames (expected: at most " + MAX_FRAMES + ")");
        }
        List<String> stack = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            stack.add(in.readString());
        }
        return new RemoteFailure(type, message, stack, readRemote(in, left - 1), node);
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }
}
