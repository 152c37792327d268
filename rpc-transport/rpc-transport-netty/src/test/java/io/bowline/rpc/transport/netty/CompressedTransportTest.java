package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Address;
import io.bowline.rpc.testkit.TransportContract;
import io.bowline.rpc.transport.Transport;

/** The contract of all transports, where whatever becomes smaller by it is compressed. */
class CompressedTransportTest extends TransportContract {
    @Override
    protected Transport transport() {
        return NettyTransport.builder().ioThreads(2).compressAbove(0).build();
    }

    @Override
    protected Address address() {
        return new Address("127.0.0.1", 0);
    }

    @Override
    protected Address nobody() {
        return new Address("127.0.0.1", 1);
    }
}
