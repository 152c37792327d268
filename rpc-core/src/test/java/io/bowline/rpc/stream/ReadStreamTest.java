package io.bowline.rpc.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.transport.FailureMessage;
import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A stream whose signals are given by hand, on the test's thread. */
class ReadStreamTest {
    private final List<Object> told = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean cancelled;
    private boolean full;
    private Flow.@Nullable Subscriber<? super WireInput> reading;

    private static WireInput bytes(int value) {
        return new WireInput(new byte[] {(byte) value});
    }

    private Flow.Subscriber<? super WireInput> subscribe() {
        Executor executor = task -> {
            if (full) {
                throw new RejectedExecutionException();
            }
            waiting.add(task);
        };
        new ReadStream(
                        subscriber -> reading = subscriber,
                        new Bytes(),
                        FailureMessage::toException,
                        executor,
                        "numbers")
                .subscribe(new Flow.Subscriber<>() {
                    @Override
                    public void onSubscribe(Flow.Subscription subscription) {
                        subscription.request(10);
                    }

                    @Override
                    public void onNext(Object item) {
                        told.add(item);
                    }

                    @Override
                    public void onError(Throwable thrown) {
                        told.add(thrown);
                    }

                    @Override
                    public void onComplete() {
                        told.add("the end");
                    }
                });
        Flow.Subscriber<? super WireInput> input = Objects.requireNonNull(reading);
        input.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {
                cancelled = true;
            }
        });
        return input;
    }

    private void runWaiting() {
        List<Runnable> now = List.copyOf(waiting);
        waiting.clear();
        now.forEach(Runnable::run);
    }

    private static final class Bytes implements Codec {
        @Override
        public void write(@Nullable Object value, WireOutput out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object read(WireInput in) {
            return (int) in.readByte();
        }
    }

    @Test
    void whatComesIsToldInOneTaskOfTheExecutor() {
        Flow.Subscriber<? super WireInput> input = subscribe();
        input.onNext(bytes(1));
        input.onNext(bytes(2));
        input.onComplete();
        assertThat(told).isEmpty();
        assertThat(waiting).hasSize(1);
        runWaiting();
        assertThat(told).containsExactly(1, 2, "the end");
    }

    @Test
    void whereNoThreadIsFreeTheStreamEndsAndNothingElseIsTold() {
        Flow.Subscriber<? super WireInput> input = subscribe();
        input.onNext(bytes(1));
        runWaiting();
        full = true;
        input.onNext(bytes(2));
        input.onNext(bytes(3));
        input.onComplete();
        full = false;
        runWaiting();
        assertThat(cancelled).isTrue();
        assertThat(told).hasSize(2).startsWith(1);
        assertThat(told.get(1))
                .isInstanceOfSatisfying(
                        RpcException.class,
                        failure -> assertThat(failure.code()).isEqualTo(Code.OVERLOADED))
                .asString()
                .contains("no thread is free for what comes of numbers");
    }
}
