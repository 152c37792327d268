package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Address;
import io.bowline.rpc.testkit.TransportContract;
import io.bowline.rpc.transport.Transport;

/** The contract of all transports, over the JDK's selector. */
class NioTransportTest extends TransportContract {
    @Override
    protected Transport transport() {
        return NettyTransport.builder().io(IoMode.NIO).ioThreads(2).build();
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
