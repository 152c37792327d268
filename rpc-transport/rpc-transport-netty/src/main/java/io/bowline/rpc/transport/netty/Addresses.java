package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Socket addresses as the rest of the framework writes them. */
final class Addresses {
    private Addresses() {}

    /** {@code 10.0.0.7:41234}, without asking any name service. */
    static String text(SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? new Address(withoutZone(inet.getAddress().getHostAddress()), inet.getPort()).toString()
                : address.toString();
    }

    private static String withoutZone(String literal) {
        int zone = literal.indexOf('%');
        return zone < 0 ? literal : literal.substring(0, zone);
    }
}
