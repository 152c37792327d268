package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Address;
import io.bowline.rpc.testkit.TransportContract;
import io.bowline.rpc.transport.Transport;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The contract of all transports, over epoll. */
@EnabledOnOs(OS.LINUX)
class EpollTransportTest extends TransportContract {
    @Override
    protected Transport transport() {
        return NettyTransport.builder().io(IoMode.EPOLL).ioThreads(2).build();
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
