package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;

/**
 * Why a connection ends, as its last frame says it. The text of a peer ends up in logs and messages: it is cut, and
 * nothing in it can begin a new line.
 */
record ErrorFrame(Code code, String text) {
    private static final int MAX_TEXT = 250;

    /** The failure without the label that its code implies. */
    static ErrorFrame of(RpcException why) {
        String message = String.valueOf(why.getMessage());
        return new ErrorFrame(why.code(), message.substring(why.code().label().length() + 1));
    }

    static ErrorFrame read(WireInput in) {
        return new ErrorFrame(Code.of(in.readVarInt()), plain(in.readString()));
    }

    void write(WireOutput out) {
        int at = Frames.begin(out, Frames.ERROR, 0, 0);
        out.writeVarInt(code.number());
        out.writeString(plain(text));
        Frames.end(out, at);
    }

    private static String plain(String text) {
        String cut = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
        return cut.replaceAll("\\p{Cntrl}", " ");
    }
}
