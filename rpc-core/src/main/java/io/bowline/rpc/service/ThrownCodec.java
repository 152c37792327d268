package io.bowline.rpc.service;

import io.bowline.rpc.Code;
import io.bowline.rpc.RemoteFailure;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.wire.Serializer;
import io.bowline.rpc.wire.TypeGraph;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Carries what a service throws. An exception whose type is part of the contract arrives as itself, with message,
 * fields, causes and its remote stack; of any other, name, message and stack arrive as text. Thread-safe.
 *
 * <p>Part of the contract are the declared exceptions, those registered as subtypes, and a closed list of the JDK's own
 * that hold no more than a message ({@link RebuiltException#common}).
 */
public final class ThrownCodec {
    private static final int MAX_CAUSES = 8;
    private static final int MAX_FRAMES = 48;
    private static final String ENGINE = "io.bowline.rpc.";

    private static final Pattern FRAME =
            Pattern.compile("(.{1,500})\\.([^.(]{1,500})\\(([^:)]{1,500})(?::(\\d{1,9}))?\\)");

    private final Map<String, RebuiltException> known;

    private ThrownCodec(Map<String, RebuiltException> known) {
        this.known = known;
    }

    static ThrownCodec of(List<RpcMethod> methods, Serializer serializer, TypeGraph types) {
        Map<String, RebuiltException> known = new HashMap<>(RebuiltException.common());
        for (RpcMethod method : methods) {
            for (Class<?> declared : method.exceptionTypes()) {
                RebuiltException.addTo(known, declared, serializer, types);
            }
        }
        for (Class<?> type : types.types()) {
            RebuiltException.addTo(known, type, serializer, types);
        }
        return new ThrownCodec(Map.copyOf(known));
    }

    /** An exception as it travels. Never fails: a field that cannot be written is left out. */
    public Thrown toWire(Throwable thrown, String node) {
        WireOutput fields = new WireOutput();
        Throwable link = thrown;
        for (int depth = 0; link != null && depth < MAX_CAUSES; depth++) {
            RebuiltException type = known.get(link.getClass().getName());
            if (type == null) {
                fields.writeVarInt(0);
            } else {
                type.writeFields(link, fields);
            }
            link = link.getCause();
        }
        return new Thrown(describe(thrown, node, MAX_CAUSES), fields.toByteArray());
    }

    /**
     * The failure that a caller gets: with the exception itself as its cause where its type is part of the contract.
     *
     * @param told the failure as the envelope held it
     */
    public RpcException fromWire(RpcException told, byte[] fields) {
        RemoteFailure remote = told.remote();
        if (told.code() != Code.APPLICATION || remote == null || !known.containsKey(remote.type())) {
            return told;
        }
        Throwable rebuilt = rebuild(remote, new WireInput(fields));
        return RpcException.application(rebuilt, remote);
    }

    private Throwable rebuild(RemoteFailure failure, WireInput fields) {
        RebuiltException type = known.get(failure.type());
        byte[] own = RebuiltException.ownFields(fields);
        Throwable cause = failure.cause() == null ? null : rebuild(failure.cause(), fields);
        if (type == null) {
            return withStack(
                    RpcException.told(
                            Code.APPLICATION, false, Code.APPLICATION.label() + " " + failure.headline(), failure),
                    failure);
        }
        return withStack(type.create(failure.message(), cause, new WireInput(own)), failure);
    }

    private static Throwable withStack(Throwable rebuilt, RemoteFailure failure) {
        List<StackTraceElement> frames = new ArrayList<>();
        for (String line : failure.stack()) {
            frames.add(frame(line));
        }
        rebuilt.setStackTrace(frames.toArray(StackTraceElement[]::new));
        return rebuilt;
    }

    /** The frame that {@link StackTraceElement#toString} wrote, as well as its text tells. */
    private static StackTraceElement frame(String line) {
        Matcher parts = FRAME.matcher(line);
        if (!parts.matches()) {
            return new StackTraceElement("", line, null, -1);
        }
        String number = parts.group(4);
        return new StackTraceElement(
                parts.group(1), parts.group(2), parts.group(3), number == null ? -1 : Integer.parseInt(number));
    }

    private static RemoteFailure describe(Throwable thrown, String node, int left) {
        Throwable cause = left > 1 ? thrown.getCause() : null;
        return new RemoteFailure(
                thrown.getClass().getName(),
                message(thrown),
                stack(thrown),
                cause == null ? null : describe(cause, node, left - 1),
                node);
    }

    /** The message, even of an exception whose own method fails. */
    private static @Nullable String message(Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (RuntimeException broken) {
            return "(its getMessage() threw " + broken.getClass().getName() + ")";
        }
    }

    /** The frames above the engine's own: what the service's author needs. */
    private static List<String> stack(Throwable thrown) {
        List<String> lines = new ArrayList<>();
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (lines.size() == MAX_FRAMES || isEngine(frame)) {
                break;
            }
            lines.add(frame.toString());
        }
        return lines;
    }

    private static boolean isEngine(StackTraceElement frame) {
        return frame.getClassName().startsWith(ENGINE + "service.");
    }
}
