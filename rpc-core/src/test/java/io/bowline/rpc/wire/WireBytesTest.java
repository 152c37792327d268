package io.bowline.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class WireBytesTest {
    private static WireInput in(int... bytes) {
        byte[] array = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            array[i] = (byte) bytes[i];
        }
        return new WireInput(array);
    }

    private static void assertFails(Code code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Property(tries = 500)
    void numbersComeBackAsTheyWent(@ForAll int i, @ForAll long l) {
        WireOutput out = new WireOutput();
        out.writeInt(i);
        out.writeLong(l);
        out.writeVarInt(i);
        out.writeVarLong(l);
        WireInput in = new WireInput(out.toByteArray());

        assertThat(in.readInt()).isEqualTo(i);
        assertThat(in.readLong()).isEqualTo(l);
        assertThat(in.readVarInt()).isEqualTo(i);
        assertThat(in.readVarLong()).isEqualTo(l);
        assertThat(in.remaining()).isZero();
    }

    @Property(tries = 500)
    void textComesBackAsUtf8Holds(@ForAll String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        WireOutput out = new WireOutput();
        out.writeString(text);
        WireInput in = new WireInput(out.toByteArray());

        assertThat(new WireInput(out.toByteArray()).readLength()).isEqualTo(utf8.length);
        assertThat(in.readString()).isEqualTo(new String(utf8, StandardCharsets.UTF_8));
        assertThat(in.remaining()).isZero();
    }

    @Test
    void growsUpToItsLimitAndNoFurther() {
        WireOutput out = new WireOutput(300);
        out.write(new byte[300]);

        assertFails(Code.PAYLOAD_TOO_LARGE, () -> out.writeByte(1));
        assertFails(Code.PAYLOAD_TOO_LARGE, () -> out.reserve(Integer.MAX_VALUE));
        assertThat(out.size()).isEqualTo(300);
        out.truncate(1);
        out.reset();
        assertThat(out.size()).isZero();
    }

    @Test
    void refusesLengthsBeyondWhatIsLeft() {
        assertFails(Code.MALFORMED_DATA, () -> in(5, 1).readString());
        assertFails(Code.MALFORMED_DATA, () -> in(0xff, 0xff, 0xff, 0xff, 0x0f).readLength());
        assertFails(Code.MALFORMED_DATA, () -> in(1).readBytes(-1));
        assertFails(Code.MALFORMED_DATA, () -> in(1).slice(2));
        assertFails(Code.MALFORMED_DATA, () -> in(1, 2, 3).readInt());
    }

    @Test
    void refusesNumbersThatDoNotEnd() {
        assertFails(Code.MALFORMED_DATA, () -> in(0x80).readVarInt());
        assertFails(Code.MALFORMED_DATA, () -> in(0xff, 0xff, 0xff, 0xff, 0x1f).readVarInt());
        assertFails(
                Code.MALFORMED_DATA,
                () -> in(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2)
                        .readVarLong());
    }

    @Test
    void slicesShareTheArrayAndAreSteppedOver() {
        WireInput in = in(1, 2, 3, 4);
        WireInput part = in.slice(2);

        assertThat(part.remaining()).isEqualTo(2);
        assertThat(part.readByte()).isEqualTo((byte) 1);
        assertThat(in.readByte()).isEqualTo((byte) 3);
        assertFails(Code.MALFORMED_DATA, () -> part.skipBytes(2));
    }

    @Test
    void partsAreReadAsOne() {
        byte[][] parts = {{1, 2}, {3, 0, 0, 0, 4, 2}, {'h', 'i', 9, 9}};
        WireInput in = WireInput.of(parts, 10);
        assertThat(in.remaining()).isEqualTo(10);
        assertThat(parts[0]).as("nobody has read yet").isNotNull();
        assertThat(in.readBytes(3)).containsExactly(1, 2, 3);
        assertThat(List.of(parts[0] == null, parts[2] == null))
                .as("they are let go")
                .containsOnly(true);
        assertThat(in.readInt()).isEqualTo(4);
        assertThat(in.readString()).isEqualTo("hi");
        assertThat(in.remaining()).isZero();
        assertThat(in.read()).isEqualTo(-1);
        assertThat(WireInput.of(new byte[][] {{5}, {6}}, 2).array()).containsExactly(5, 6);
        assertThat(WireInput.of(new byte[][] {{5}, {6}}, 2).read()).isEqualTo(5);
        assertThat(WireInput.of(new byte[][] {{5}, {6}}, 2).slice(2).readByte()).isEqualTo((byte) 5);
        assertThatThrownBy(() -> WireInput.of(new byte[][] {{5}, {6}}, 2).readBytes(3))
                .hasMessageContaining("2 left");
    }
}
