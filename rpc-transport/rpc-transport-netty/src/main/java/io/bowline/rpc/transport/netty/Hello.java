package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What each side says of itself before anything else. Settings are numbered and carry their length, so that one that a
 * peer does not know is skipped; one that is missing has the default.
 *
 * @param minor the minor version; the lower of both sides' is spoken
 * @param maxFrame the longest payload of a frame that it takes
 * @param maxMessage the longest body that it takes
 * @param maxCalls the most calls in flight that it takes
 * @param maxMetadata the most bytes of labels that it takes
 * @param maxMethods the most method ids that it keeps
 * @param serializers the names of the serializers that it accepts; the place in this list is the number on the wire
 * @param compressions the names of the algorithms that it decompresses, likewise
 */
record Hello(
        int minor,
        int maxFrame,
        int maxMessage,
        int maxCalls,
        int maxMetadata,
        int maxMethods,
        List<String> serializers,
        List<String> compressions) {
    static final int MINOR = 1;
    static final int LEAST_FRAME = 1 << 10;
    static final int MAX_METHODS = 1 << 10;

    private static final int MAX_FRAME_KEY = 1;
    private static final int MAX_MESSAGE_KEY = 2;
    private static final int MAX_CALLS_KEY = 3;
    private static final int MAX_METADATA_KEY = 4;
    private static final int MAX_METHODS_KEY = 5;
    private static final int SERIALIZERS_KEY = 6;
    private static final int COMPRESSIONS_KEY = 7;

    static Hello of(NettyOptions options, Collection<String> serializers) {
        NettyLimits limits = options.limits();
        return new Hello(
                MINOR,
                limits.fragment(),
                limits.maxMessage(),
                limits.maxCalls(),
                limits.maxMetadata(),
                MAX_METHODS,
                serializers.stream().sorted().toList(),
                options.compression().names());
    }

    void write(WireOutput out) {
        int at = Frames.begin(out, Frames.HELLO, 0, 0);
        out.writeVarInt(minor);
        number(out, MAX_FRAME_KEY, maxFrame);
        number(out, MAX_MESSAGE_KEY, maxMessage);
        number(out, MAX_CALLS_KEY, maxCalls);
        number(out, MAX_METADATA_KEY, maxMetadata);
        number(out, MAX_METHODS_KEY, maxMethods);
        names(out, SERIALIZERS_KEY, serializers);
        names(out, COMPRESSIONS_KEY, compressions);
        Frames.end(out, at);
    }

    private static void names(WireOutput out, int key, List<String> values) {
        WireOutput names = new WireOutput();
        values.forEach(names::writeString);
        setting(out, key, names);
    }

    private static void number(WireOutput out, int key, int value) {
        WireOutput number = new WireOutput();
        number.writeVarInt(value);
        setting(out, key, number);
    }

    private static void setting(WireOutput out, int key, WireOutput value) {
        out.writeVarInt(key);
        out.writeVarInt(value.size());
        out.write(value.array(), 0, value.size());
    }

    static Hello read(WireInput in) {
        int[] numbers = {0, 64 << 10, 16 << 20, 4_096, 16 << 10, MAX_METHODS};
        List<String> serializers = new ArrayList<>();
        List<String> compressions = new ArrayList<>();
        int minor = in.readVarInt();
        while (in.remaining() > 0) {
            int key = in.readVarInt();
            WireInput value = in.slice(in.readLength());
            if (key >= MAX_FRAME_KEY && key <= MAX_METHODS_KEY) {
                numbers[key] = value.readVarInt();
            } else if (key == SERIALIZERS_KEY || key == COMPRESSIONS_KEY) {
                List<String> names = key == SERIALIZERS_KEY ? serializers : compressions;
                while (value.remaining() > 0) {
                    names.add(value.readString());
                }
            }
        }
        for (int key = MAX_FRAME_KEY; key <= MAX_METHODS_KEY; key++) {
            int least = key == MAX_FRAME_KEY ? LEAST_FRAME : key == MAX_METADATA_KEY ? 0 : 1;
            if (numbers[key] < least) {
                throw RpcException.of(
                        Code.PROTOCOL_ERROR,
                        "HELLO with setting " + key + ": " + (numbers[key] & 0xffff_ffffL) + " (expected: " + least
                                + " to " + Integer.MAX_VALUE + ")");
            }
        }
        return new Hello(
                minor,
                Math.min(numbers[MAX_FRAME_KEY], Frames.MAX_LENGTH),
                numbers[MAX_MESSAGE_KEY],
                Math.min(numbers[MAX_CALLS_KEY], 1 << 16),
                numbers[MAX_METADATA_KEY],
                numbers[MAX_METHODS_KEY],
                List.copyOf(serializers),
                List.copyOf(compressions));
    }
}
