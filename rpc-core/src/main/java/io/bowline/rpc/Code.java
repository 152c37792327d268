package io.bowline.rpc;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The closed set of reasons why a call, or a start, can fail. The number stands for the code on the wire and never
 * changes; a number that a peer does not know reads as {@link #INTERNAL}.
 */
public enum Code {
    /** The registry knows nobody who offers the service. */
    NO_PROVIDER(1),
    /** The registry knows providers, and none of them can take the call now. */
    NO_USABLE_PROVIDER(2),
    /** No connection could be made. */
    CONNECT_FAILED(3),
    /** The connection ended while the call was on it. */
    CONNECTION_LOST(4),
    /** The deadline passed while the call was under way. */
    DEADLINE_EXCEEDED(5),
    /** The deadline had passed before the call was sent, or before the server began it. */
    BUDGET_SPENT(6),
    /** The caller cancelled. */
    CANCELLED(7),
    /** The provider does not offer this service, version or group. */
    SERVICE_NOT_FOUND(8),
    /** The provider's service has no such method. */
    METHOD_NOT_FOUND(9),
    /** The provider does not accept the consumer's serializer. */
    SERIALIZER_NOT_ACCEPTED(10),
    /** A declared type, or a value in a call, cannot be serialized. */
    NOT_SERIALIZABLE(11),
    /** Bytes that cannot be read as what they should be, or a type outside the contract. */
    MALFORMED_DATA(12),
    /** A message over the limit. */
    PAYLOAD_TOO_LARGE(13),
    /** The peer speaks another protocol, or breaks ours. */
    PROTOCOL_ERROR(14),
    /** A limit of the provider, of the connection or of the client is reached. */
    OVERLOADED(15),
    /** The provider is shutting down and takes no new calls. */
    DRAINING(16),
    /** The service itself threw. */
    APPLICATION(17),
    /** A defect of the framework, of a filter or of a plugin. */
    INTERNAL(18),
    /** The address to listen on is taken. */
    PORT_IN_USE(19),
    /** The registry does not answer. */
    REGISTRY_UNREACHABLE(20),
    /** Two implementations of one service in one server. */
    DUPLICATE_SERVICE(21),
    /** A call that would block was made on an I/O thread. */
    BLOCKING_CALL(22),
    /** A setting, name or contract that cannot be used. */
    INVALID_CONFIGURATION(23),
    /** The client, the server or the connection was closed by its owner. */
    CLOSED(24),
    /** The caller's identity is missing or not proven. */
    UNAUTHENTICATED(25),
    /** The caller's identity may not do this. */
    PERMISSION_DENIED(26),
    /** An operator has switched the call off at the caller. */
    DEGRADED(27);

    private static final @Nullable Code[] BY_NUMBER = new Code[64];

    static {
        for (Code code : values()) {
            BY_NUMBER[code.number] = code;
        }
    }

    private final int number;

    Code(int number) {
        this.number = number;
    }

    /** The code on the wire: 1 to 63. */
    public int number() {
        return number;
    }

    /** The code of a number; {@link #INTERNAL} for one that this version does not know. */
    public static Code of(int number) {
        Code known = number > 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
        return known == null ? INTERNAL : known;
    }

    /** As messages and the catalogue show it: {@code RPC-NO-PROVIDER}. */
    public String label() {
        return "RPC-" + name().replace('_', '-').toUpperCase(Locale.ROOT);
    }
}
