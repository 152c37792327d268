package io.bowline.rpc.server;

import io.bowline.rpc.Address;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server tells others of where it is, and why it thinks so.
 *
 * @param address what is registered
 * @param reason for the start-up line
 */
record AdvertisedAddress(Address address, String reason) {
    private static final Pattern FIRST_HOST = Pattern.compile("[a-z]+://(\\[[^]]+]|[^:/,?]+):?(\\d*).*");

    /**
     * The address that is set; else the one it listens on, if that is not "every interface"; else the one from which the
     * operating system reaches the registry; else the first that is not loopback.
     *
     * @param registry the registry's description, {@code zookeeper://zk1:2181/…}; empty for none
     */
    static AdvertisedAddress choose(ServerOptions options, Address bound, String registry) {
        if (options.advertised() != null) {
            int port = options.advertised().port() == 0
                    ? bound.port()
                    : options.advertised().port();
            return new AdvertisedAddress(new Address(options.advertised().host(), port), "as set");
        }
        if (!isWildcard(options.listen().host())) {
            return new AdvertisedAddress(bound, "the address it listens on");
        }
        String towards = towards(registry);
        if (towards != null) {
            return new AdvertisedAddress(new Address(towards, bound.port()), "the address that reaches the registry");
        }
        return new AdvertisedAddress(new Address(firstOfMachine(), bound.port()), "the machine's first address");
    }

    private static boolean isWildcard(String host) {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    /** Connecting a datagram socket sends nothing; it only asks the operating system for a route. */
    private static @Nullable String towards(String registry) {
        Matcher host = FIRST_HOST.matcher(registry);
        if (!host.matches()) {
            return null;
        }
        try (DatagramSocket probe = new DatagramSocket()) {
            int port = host.group(2).isEmpty() ? 9 : Integer.parseInt(host.group(2));
            probe.connect(new InetSocketAddress(InetAddress.getByName(host.group(1)), port));
            InetAddress local = probe.getLocalAddress();
            return local == null || local.isAnyLocalAddress() ? null : local.getHostAddress();
        } catch (IOException | RuntimeException noRoute) {
            return null;
        }
    }

    private static String firstOfMachine() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(AdvertisedAddress::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address.getAddress().length == 4)
                    .map(InetAddress::getHostAddress)
                    .findFirst()
                    .orElse("127.0.0.1");
        } catch (SocketException none) {
            return "127.0.0.1";
        }
    }

    private static boolean isUp(NetworkInterface network) {
        try {
            return network.isUp() && !network.isLoopback() && !network.isVirtual();
        } catch (SocketException gone) {
            return false;
        }
    }
}
