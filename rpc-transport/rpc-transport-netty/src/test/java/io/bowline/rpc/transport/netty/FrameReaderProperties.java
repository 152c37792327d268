package io.bowline.rpc.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.WireInput;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** What the frame reader makes of bytes does not depend on how they come, and bad ones end in a typed failure. */
class FrameReaderProperties {
    private static final int MAX_FRAME = 2048;

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void framesAreTheSameHoweverTheirBytesAreCut(
            @ForAll("frames") List<byte[]> frames, @ForAll @IntRange(min = 1, max = 5000) int most, @ForAll long seed) {
        byte[] stream = RawPeer.join(frames.toArray(new byte[0][]));

        assertThat(read(stream, most, seed)).isEqualTo(read(stream, stream.length + 1, seed));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void anyBytesGiveFramesOrATypedFailure(@ForAll byte[] bytes, @ForAll @IntRange(min = 1, max = 50) int most) {
        read(bytes, most, 1);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void anyChangeOfOneByteGivesFramesOrATypedFailure(
            @ForAll("frames") List<byte[]> frames, @ForAll int place, @ForAll byte value, @ForAll long seed) {
        byte[] stream = RawPeer.join(frames.toArray(new byte[0][]));
        stream[Math.floorMod(place, stream.length)] = value;
        read(stream, 700, seed);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void peersSurviveAnyBytesBehindAGoodStart(
            @ForAll("clientFrames") List<byte[]> toServer, @ForAll("serverFrames") List<byte[]> toClient) {
        PeerFuzz.server(RawPeer.join(toServer.toArray(new byte[0][])));
        PeerFuzz.client(RawPeer.join(toClient.toArray(new byte[0][])));
    }

    @Provide
    Arbitrary<List<byte[]>> clientFrames() {
        return frames(Frames.REQUEST, Frames.CONTINUE, Frames.CANCEL, Frames.PING, Frames.ITEM, Frames.DRAIN_ACK, 0x90);
    }

    @Provide
    Arbitrary<List<byte[]>> serverFrames() {
        return frames(Frames.RESPONSE, Frames.CONTINUE, Frames.PONG, Frames.END, Frames.CREDIT, Frames.DRAIN, 0x90);
    }

    @Provide
    Arbitrary<List<byte[]>> frames() {
        return frames(
                Frames.REQUEST,
                Frames.RESPONSE,
                Frames.CONTINUE,
                Frames.BIND,
                Frames.CANCEL,
                Frames.PING,
                Frames.ITEM,
                0x90);
    }

    /** Frames whose payloads are likely heads: small numbers, or anything. */
    private static Arbitrary<List<byte[]>> frames(Integer... kinds) {
        Arbitrary<Integer> types = Arbitraries.of(kinds);
        Arbitrary<Integer> flags = Arbitraries.integers().between(0, 15);
        Arbitrary<Integer> ids = Arbitraries.of(0, 1, 2, 0x1_0000, 0x1_0001, 0x1_0002, 0x2_0000);
        Arbitrary<byte[]> payloads = Arbitraries.oneOf(
                        Arbitraries.bytes().between((byte) 0, (byte) 3), Arbitraries.bytes())
                .array(byte[].class)
                .ofMaxSize(300);
        return Combinators.combine(types, flags, ids, payloads)
                .as((type, flag, id, payload) -> RawPeer.frame(
                        type,
                        flag,
                        id,
                        Arrays.copyOf(payload, Math.min(payload.length, Frames.maxLength(type, MAX_FRAME)))))
                .list()
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    /** Everything that a reader says of a stream that comes in pieces of 1 to {@code most} bytes. */
    private static List<String> read(byte[] stream, int most, long seed) {
        Recorder recorder = new Recorder();
        FrameReader reader = new FrameReader(recorder, MAX_FRAME);
        Random random = new Random(seed);
        ByteBuf all = Unpooled.wrappedBuffer(stream);
        try {
            while (all.isReadable()) {
                reader.read(all.readSlice(Math.min(all.readableBytes(), 1 + random.nextInt(most))));
            }
        } catch (RpcException breach) {
            assertThat(breach.code()).isIn(Code.PROTOCOL_ERROR, Code.MALFORMED_DATA);
            recorder.said.add(breach.getMessage());
        }
        return recorder.said;
    }

    /** Writes down what it hears, and assembles whatever has id 1. */
    private static final class Recorder implements FrameReader.Sink {
        private final List<String> said = new ArrayList<>();
        private @Nullable Assembly<String> assembly;

        @Override
        public void frame(int type, int flags, int id, WireInput payload) {
            said.add(type + " " + flags + " " + id + " " + Arrays.toString(payload.readBytes(payload.remaining())));
        }

        @Override
        public @Nullable Assembly<?> continued(int id, int length) {
            said.add("continued " + id + " " + length);
            if (id == 1 && assembly == null) {
                assembly = new Assembly<>("head", null, 1000, new WireInput(new byte[0]));
            }
            return id == 1 ? assembly : null;
        }

        @Override
        public void continuedWhole(int id, int flags) {
            said.add("whole " + id + " " + flags + " " + (assembly == null ? 0 : assembly.size()));
        }
    }
}
