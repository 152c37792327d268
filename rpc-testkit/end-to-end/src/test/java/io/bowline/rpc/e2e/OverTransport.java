package io.bowline.rpc.e2e;

import io.bowline.rpc.Address;
import io.bowline.rpc.transport.LocalTransport;
import io.bowline.rpc.transport.Transport;
import io.bowline.rpc.transport.netty.NettyTransport;

/** What a contract of tests runs over. */
interface OverTransport {
    Transport transport();

    /** Where a server may listen. */
    Address free();

    /** Within the process. */
    interface Local extends OverTransport {
        @Override
        default Transport transport() {
            return new LocalTransport();
        }

        @Override
        default Address free() {
            return EngineContract.localName();
        }
    }

    /** Sockets, and whatever becomes smaller by it is compressed. */
    interface Compressed extends OverTransport {
        @Override
        default Transport transport() {
            return NettyTransport.builder().compressAbove(0).build();
        }

        @Override
        default Address free() {
            return new Address("127.0.0.1", 0);
        }
    }

    /** Sockets. */
    interface Netty extends OverTransport {
        @Override
        default Transport transport() {
            return new NettyTransport();
        }

        @Override
        default Address free() {
            return new Address("127.0.0.1", 0);
        }
    }
}
