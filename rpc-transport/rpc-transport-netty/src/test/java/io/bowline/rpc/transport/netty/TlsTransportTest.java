package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Address;
import io.bowline.rpc.testkit.TransportContract;
import io.bowline.rpc.transport.Transport;
import javax.net.ssl.SSLContext;

/** The contract of all transports, over mutual TLS. */
class TlsTransportTest extends TransportContract {
    private static final SSLContext CONTEXT = context();

    private static SSLContext context() {
        try {
            Authority authority = new Authority("contract");
            return authority.of(authority.issue("both", "127.0.0.1"));
        } catch (Exception unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    IoMode io() {
        return IoMode.NIO;
    }

    @Override
    protected Transport transport() {
        return NettyTransport.builder()
                .io(io())
                .ioThreads(2)
                .tls(Tls.of(CONTEXT).withClientAuth(Tls.ClientAuth.NEED))
                .build();
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
