package io.bowline.rpc.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.transport.Transport;
import java.time.Duration;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class NettyOptionsTest {
    @Test
    void refusesWhatCannotBeAndSaysWhatCan() {
        assertThatThrownBy(() -> NettyTransport.builder().ioThreads(0).build())
                .hasMessage("ioThreads: 0 (expected: 1 to 1024)");
        assertThatThrownBy(() -> NettyTransport.builder().maxCalls(65_537))
                .hasMessage("maxCalls: 65537 (expected: 1 to 65536)");
        assertThatThrownBy(() -> NettyTransport.builder().maxMessage(0))
                .hasMessage("maxMessage: 0 (expected: 1 to 1073741824)");
        assertThatThrownBy(() ->
                        NettyTransport.builder().pingInterval(Duration.ZERO).build())
                .hasMessage("pingInterval: PT0S (expected: more than 0, at most PT24H)");
        assertThatThrownBy(() -> new NettyLimits(1, 1, 16 << 10, 512, 1 << 20, 1 << 20))
                .hasMessage("fragment: 512 (expected: 1024 to 16777215)");
        assertThatThrownBy(() -> new NettyLimits(1, 1, 16 << 10, 64 << 10, 1 << 20, 1 << 19))
                .hasMessage("maxBuffered: 524288 (expected: >= 1048576)");
    }

    @Test
    void buffersAsMuchAsItsLargestMessagesNeed() {
        assertThat(NettyTransport.builder()
                        .maxMessage(1 << 30)
                        .build()
                        .options()
                        .limits()
                        .maxBuffered())
                .isEqualTo(4L << 30);
    }

    @Test
    void isFoundByName() {
        assertThat(ServiceLoader.load(Transport.class))
                .anyMatch(transport -> transport.name().equals("netty"));
    }
}
