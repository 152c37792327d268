package io.bowline.rpc.transport.netty;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The same over epoll. */
@EnabledOnOs(OS.LINUX)
class TlsEpollTransportTest extends TlsTransportTest {
    @Override
    IoMode io() {
        return IoMode.EPOLL;
    }
}
