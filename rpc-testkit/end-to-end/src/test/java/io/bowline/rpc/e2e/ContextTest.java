package io.bowline.rpc.e2e;

import org.junit.jupiter.api.Nested;

/** The context of calls over each transport. */
class ContextTest {
    @Nested
    class Local extends ContextContract implements OverTransport.Local {}

    @Nested
    class Netty extends ContextContract implements OverTransport.Netty {}
}
