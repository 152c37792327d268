package io.bowline.rpc.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.testkit.ByteSource;
import io.bowline.rpc.transport.FailureMessage;
import io.bowline.rpc.transport.StreamFailure;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * A stream, and another one the other way, whose connection ends, in each of their frames: at one side or at both, at a
 * frame's boundary or within one. Each side is told of exactly one end, and nothing is left.
 */
class StreamCutProperties {
    private static final NettyOptions OPTIONS = EmbeddedStream.options(1_024);

    /** Who goes away. */
    enum Gone {
        CLIENT,
        SERVER,
        BOTH
    }

    /** How the stream ends if nothing is cut. */
    enum Plan {
        COMPLETE,
        FAIL,
        CANCEL
    }

    @Property(tries = 150)
    void eachSideIsToldOfOneEndWhereverItIsCut(
            @ForAll @Size(max = 6) List<@IntRange(max = 4_000) Integer> elements,
            @ForAll @Size(max = 4) List<@IntRange(max = 2_000) Integer> uploads,
            @ForAll Plan plan,
            @ForAll Gone gone,
            @ForAll boolean within) {
        int frames = new Run(elements, uploads, plan).frames(Integer.MAX_VALUE, gone, within);
        for (int at = 0; at < frames; at++) {
            Run run = new Run(elements, uploads, plan);
            run.frames(at, gone, within);
            run.check(at);
        }
    }

    /** One stream, from the request to its end, carried frame by frame. */
    private static final class Run {
        private final EmbeddedStream stream = new EmbeddedStream(OPTIONS);
        private final List<Integer> elements;
        private final List<Integer> uploads;
        private final Plan plan;
        private int emitted;
        private int uploaded;
        private boolean uploadEnded;
        private boolean answered;
        private boolean ended;
        private boolean unended;

        Run(List<Integer> elements, List<Integer> uploads, Plan plan) {
            this.elements = elements;
            this.uploads = uploads;
            this.plan = plan;
            stream.uploaded.request(Long.MAX_VALUE);
            stream.send();
            stream.call.request(Long.MAX_VALUE);
        }

        /** Carries so many frames and then ends the connection; returns how many there were. */
        int frames(int cut, Gone gone, boolean within) {
            int carried = 0;
            boolean any;
            do {
                any = false;
                for (byte[] frame : EmbeddedStream.frames(stream.client.take())) {
                    if (carried++ == cut) {
                        end(gone, within, stream.server, frame);
                        return carried;
                    }
                    stream.server.give(frame);
                    any = true;
                }
                any |= upload() | goOn();
                for (byte[] frame : EmbeddedStream.frames(stream.server.take())) {
                    if (carried++ == cut) {
                        end(gone, within, stream.client, frame);
                        return carried;
                    }
                    stream.client.give(frame);
                    any = true;
                }
            } while (any);
            unended = true;
            return carried;
        }

        private void end(Gone gone, boolean within, EmbeddedPeer towards, byte[] frame) {
            if (within) {
                towards.give(Arrays.copyOf(frame, frame.length / 2));
            }
            if (gone != Gone.SERVER) {
                stream.client.finish();
            }
            if (gone != Gone.CLIENT) {
                stream.server.finish();
            }
            // Who is left hears of it from its socket.
            stream.client.finish();
            stream.server.finish();
            goOn();
        }

        /** What the caller sends next, if it is asked. */
        private boolean upload() {
            ByteSource source = stream.upload;
            if (uploadEnded || !source.subscribed() || source.cancelled() > 0) {
                return false;
            }
            if (uploaded < uploads.size() && source.asked() > uploaded) {
                source.emit(new byte[uploads.get(uploaded++)]);
                return true;
            }
            if (uploaded == uploads.size()) {
                uploadEnded = true;
                if (plan == Plan.FAIL) {
                    source.fail(new IllegalStateException("no more"));
                } else {
                    source.complete();
                }
                return true;
            }
            return false;
        }

        /** What the service does next, if it is asked. */
        private boolean goOn() {
            if (!answered && !stream.received.isEmpty()) {
                answered = true;
                stream.answer();
                return true;
            }
            ByteSource source = stream.source;
            if (!answered || ended || source.cancelled() > 0) {
                return false;
            }
            if (emitted < elements.size() && source.asked() > emitted) {
                source.emit(new byte[elements.get(emitted++)]);
                if (plan == Plan.CANCEL && emitted == elements.size()) {
                    stream.call.cancel();
                }
                return true;
            }
            if (emitted == elements.size() && (plan != Plan.CANCEL || elements.isEmpty())) {
                ended = true;
                if (plan == Plan.FAIL) {
                    source.fail(
                            new StreamFailure(FailureMessage.of(RpcException.of(Code.INTERNAL, "x".repeat(2_000)))));
                } else {
                    source.complete();
                }
                return true;
            }
            return false;
        }

        void check(int at) {
            String where = "cut at frame " + at;
            boolean cancelled = plan == Plan.CANCEL && !elements.isEmpty() && emitted == elements.size();
            assertThat(unended).as(where).isFalse();
            assertThat(stream.call.ends()).as(where).hasSizeLessThanOrEqualTo(1);
            if (!cancelled) {
                assertThat(stream.call.ends()).as(where).hasSize(1);
            }
            if (stream.source.subscribed()) {
                assertThat(ended || stream.source.cancelled() > 0).as(where).isTrue();
            }
            if (stream.upload.subscribed()) {
                assertThat(uploadEnded || stream.upload.cancelled() > 0)
                        .as(where)
                        .isTrue();
            }
            assertThat(stream.uploaded.ends()).as(where).hasSize(stream.received.isEmpty() ? 0 : 1);
            assertThat(stream.clientCalls()).as(where).isZero();
        }
    }
}
