package io.bowline.rpc.transport.netty;

import io.netty.channel.uring.IoUring;
import org.junit.jupiter.api.condition.EnabledIf;

/** The same over io_uring, on kernels that allow it. */
@EnabledIf("isAvailable")
class TlsIoUringTransportTest extends TlsTransportTest {
    static boolean isAvailable() {
        return IoUring.isAvailable();
    }

    @Override
    IoMode io() {
        return IoMode.IO_URING;
    }
}
