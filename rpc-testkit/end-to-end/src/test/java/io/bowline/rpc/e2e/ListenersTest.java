package io.bowline.rpc.e2e;

import org.junit.jupiter.api.Nested;

/** Listeners over each transport. */
class ListenersTest {
    @Nested
    class Local extends ListenerContract implements OverTransport.Local {}

    @Nested
    class Netty extends ListenerContract implements OverTransport.Netty {}
}
