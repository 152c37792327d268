package io.bowline.rpc.e2e;

import io.bowline.rpc.Address;
import io.bowline.rpc.transport.LocalTransport;
import io.bowline.rpc.transport.Transport;
import io.bowline.rpc.transport.netty.NettyTransport;
import org.junit.jupiter.api.Nested;

/** The context of calls over each transport. */
class ContextTest {
    @Nested
    class Local extends ContextContract {
        @Override
        Transport transport() {
            return new LocalTransport();
        }

        @Override
        Address free() {
            return EngineContract.localName();
        }
    }

    @Nested
    class Netty extends ContextContract {
        @Override
        Transport transport() {
            return new NettyTransport();
        }

        @Override
        Address free() {
            return new Address("127.0.0.1", 0);
        }
    }
}
