package io.bowline.rpc.transport.netty;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * The long, coverage-guided search for bytes that hurt either side: {@code mvn -Pfuzz -pl
 * rpc-transport/rpc-transport-netty -am test -Dtest=PeerFuzzTest#server}, or {@code #client}. What it finds is kept
 * beside this class's resources and runs again with every later search.
 */
class PeerFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void server(byte[] data) {
        PeerFuzz.server(data);
    }

    @FuzzTest(maxDuration = "5m")
    void client(byte[] data) {
        PeerFuzz.client(data);
    }
}
