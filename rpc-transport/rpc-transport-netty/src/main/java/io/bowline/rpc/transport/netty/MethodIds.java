package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.transport.MethodId;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The methods that one connection has named, each by the number of methods named before it. The I/O thread's. */
final class MethodIds {
    private MethodIds() {}

    /** The client's side: gives numbers. */
    static final class Giver {
        private final Map<MethodId, Integer> given = new HashMap<>();
        private final int max;

        Giver(int max) {
            this.max = max;
        }

        /** The method's number; on first sight the BIND frame that says it goes to the wire first. */
        int of(MethodId method, Wire wire) {
            Integer known = given.get(method);
            if (known != null) {
                return known;
            }
            int number = given.size();
            if (number == max) {
                throw RpcException.unprocessed(
                        Code.OVERLOADED, "the server keeps at most " + max + " methods a connection; " + method);
            }
            byte[] names = names(number, method);
            if (names.length > Frames.maxLength(Frames.BIND, Frames.MAX_LENGTH)) {
                throw RpcException.unprocessed(Code.PAYLOAD_TOO_LARGE, "the method's names are too long; " + method);
            }
            given.put(method, number);
            wire.control(Frames.BIND, 0, names);
            return number;
        }

        private static byte[] names(int number, MethodId method) {
            WireOutput out = new WireOutput();
            out.writeVarInt(number);
            out.writeString(method.service().name());
            out.writeString(method.service().version());
            out.writeString(method.service().group());
            out.writeString(method.method());
            return out.toByteArray();
        }
    }

    /** The server's side: keeps what it was told. */
    static final class Keeper {
        private final List<MethodId> kept = new ArrayList<>();

        void bind(WireInput names) {
            int number = names.readVarInt();
            if (number != kept.size() || number >= Hello.MAX_METHODS) {
                throw RpcException.of(
                        Code.PROTOCOL_ERROR,
                        "BIND of method " + (number & 0xffff_ffffL) + " (expected: " + kept.size() + ", less than "
                                + Hello.MAX_METHODS + ")");
            }
            String name = names.readString();
            if (name.isBlank()) {
                throw RpcException.of(Code.PROTOCOL_ERROR, "BIND of a service without a name");
            }
            ServiceName service = new ServiceName(name, names.readString(), names.readString());
            kept.add(new MethodId(service, names.readString()));
        }

        MethodId named(int number) {
            if (number < 0 || number >= kept.size()) {
                throw RpcException.unprocessed(
                        Code.PROTOCOL_ERROR,
                        "method number " + (number & 0xffff_ffffL) + " (expected: less than " + kept.size()
                                + ", the methods named on this connection)");
            }
            return kept.get(number);
        }
    }
}
