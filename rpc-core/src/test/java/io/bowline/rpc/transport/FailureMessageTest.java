package io.bowline.rpc.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Code;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.RemoteFailure;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FailureMessageTest {
    private static byte[] bytes(FailureMessage message) {
        WireOutput out = new WireOutput();
        message.writeTo(out);
        return out.toByteArray();
    }

    private static RemoteFailure failure(int depth, @Nullable RemoteFailure cause) {
        return new RemoteFailure(
                "demo.E" + depth, depth % 2 == 0 ? null : "m" + depth, List.of("a.b(C:1)"), cause, "n");
    }

    @Test
    void carriesCodeMessageCausesAndFields() {
        RemoteFailure remote = failure(1, failure(2, null));
        RpcException thrown = RpcException.told(Code.APPLICATION, false, "RPC-APPLICATION it threw", remote);
        FailureMessage sent = FailureMessage.of(thrown, remote, new byte[] {1, 2, 3});
        FailureMessage read = FailureMessage.read(sent.head(), new WireInput(bytes(sent)));
        assertThat(read.toException()).hasMessage("RPC-APPLICATION it threw");
        assertThat(read.toException().code()).isEqualTo(Code.APPLICATION);
        assertThat(read.remote()).isEqualTo(remote);
        assertThat(read.fields()).containsExactly(1, 2, 3);
    }

    @Test
    void keepsWhetherTheCallWasBegun() {
        FailureMessage sent = FailureMessage.of(RpcException.unprocessed(Code.OVERLOADED, "full"));
        assertThat(FailureMessage.read(sent.head(), new WireInput(bytes(sent)))
                        .toException()
                        .unprocessed())
                .isTrue();
    }

    @Test
    void cutsWhatWouldBeUnbounded() {
        @Nullable RemoteFailure chain = null;
        for (int i = 0; i < 50; i++) {
            chain = failure(i, chain);
        }
        FailureMessage sent =
                FailureMessage.of(RpcException.of(Code.APPLICATION, "x".repeat(100_000)), chain, new byte[0]);
        byte[] bytes = bytes(sent);
        assertThat(bytes.length).isLessThan(10_000);
        int depth = 0;
        RemoteFailure link =
                FailureMessage.read(sent.head(), new WireInput(bytes)).remote();
        for (; link != null; link = link.cause()) {
            depth++;
        }
        assertThat(depth).isEqualTo(8);
    }

    @Test
    void anEmptyBodyIsAFailureWithoutAReason() {
        ResponseHead head = new ResponseHead(Code.INTERNAL, false, Metadata.EMPTY);
        assertThat(FailureMessage.read(head, new WireInput(new byte[0])).toException())
                .hasMessage("RPC-INTERNAL the provider gave no reason");
    }

    @Test
    void damagedBytesAreATypedErrorOrAFailure() {
        FailureMessage sent =
                FailureMessage.of(RpcException.of(Code.APPLICATION, "message"), failure(1, null), new byte[9]);
        byte[] good = bytes(sent);
        Random random = new Random(7);
        for (int round = 0; round < 5_000; round++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            int length = random.nextInt(bad.length + 1);
            try {
                FailureMessage.read(sent.head(), new WireInput(bad, 0, length));
            } catch (RpcException typed) {
                assertThat(typed.code()).isEqualTo(Code.MALFORMED_DATA);
            }
        }
        assertThatThrownBy(() -> FailureMessage.read(sent.head(), new WireInput(good, 0, 3)))
                .isInstanceOf(RpcException.class);
    }
}
