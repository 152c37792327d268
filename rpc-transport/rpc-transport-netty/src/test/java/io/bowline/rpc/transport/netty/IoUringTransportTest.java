package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Address;
import io.bowline.rpc.testkit.TransportContract;
import io.bowline.rpc.transport.Transport;
import io.netty.channel.uring.IoUring;
import org.junit.jupiter.api.condition.EnabledIf;

/** The contract of all transports, over io_uring, on kernels that allow it. */
@EnabledIf("isAvailable")
class IoUringTransportTest extends TransportContract {
    static boolean isAvailable() {
        return IoUring.isAvailable();
    }

    @Override
    protected Transport transport() {
        return NettyTransport.builder().io(IoMode.IO_URING).ioThreads(2).build();
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
