package io.bowline.rpc.testkit;

import io.bowline.rpc.Address;
import io.bowline.rpc.transport.LocalTransport;
import io.bowline.rpc.transport.Transport;

/** The local transport keeps the contract of all transports. */
class LocalTransportTest extends TransportContract {
    @Override
    protected Transport transport() {
        return new LocalTransport();
    }

    @Override
    protected Address address() {
        return new Address("echo", 0);
    }

    @Override
    protected Address nobody() {
        return new Address("nobody", 1);
    }
}
