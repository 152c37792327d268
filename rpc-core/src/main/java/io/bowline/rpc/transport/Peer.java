package io.bowline.rpc.transport;

import io.bowline.rpc.Address;
import java.util.Set;

/**
 * The other side of a connection.
 *
 * @param address where it was reached
 * @param serializers the names of the serializers that it accepts
 */
public record Peer(Address address, Set<String> serializers) {
    public Peer {
        serializers = Set.copyOf(serializers);
    }
}
