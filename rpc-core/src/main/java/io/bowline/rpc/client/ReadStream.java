package io.bowline.rpc.client;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.service.ContractCodecs;
import io.bowline.rpc.transport.FailureMessage;
import io.bowline.rpc.transport.StreamFailure;
import io.bowline.rpc.wire.WireInput;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A streamed answer as values: each message is read, a provider's failure becomes the exception that it threw.
 *
 * @param messages takes one subscriber
 */
record ReadStream(Flow.Publisher<WireInput> messages, ContractCodecs codecs, RpcMethod method)
        implements Flow.Publisher<Object> {
    @Override
    public void subscribe(Flow.Subscriber<? super Object> subscriber) {
        messages.subscribe(new Reading(subscriber));
    }

    private final class Reading implements Flow.Subscriber<WireInput> {
        private final Flow.Subscriber<? super Object> values;
        private Flow.@Nullable Subscription subscription;
        private boolean over;

        Reading(Flow.Subscriber<? super Object> values) {
            this.values = values;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            values.onSubscribe(subscription);
        }

        @Override
        public void onNext(WireInput message) {
            if (over) {
                return;
            }
            Object value;
            try {
                value = codecs.element(method).read(message);
                if (value == null) {
                    throw RpcException.of(Code.MALFORMED_DATA, "null in a stream (expected: a value)");
                }
            } catch (RuntimeException | Error unreadable) {
                over = true;
                if (subscription != null) {
                    subscription.cancel();
                }
                RpcException why = RpcException.from(unreadable);
                Code code = why.code() == Code.INTERNAL ? Code.MALFORMED_DATA : why.code();
                values.onError(RpcException.of(
                        code, "cannot read an element of the answer to " + method + ": " + why.getMessage(), why));
                return;
            }
            values.onNext(value);
        }

        @Override
        public void onError(Throwable thrown) {
            if (over) {
                return;
            }
            over = true;
            if (thrown instanceof StreamFailure told) {
                FailureMessage failure = told.failure();
                values.onError(codecs.thrown().fromWire(failure.toException(), failure.fields()));
            } else {
                values.onError(thrown);
            }
        }

        @Override
        public void onComplete() {
            if (!over) {
                over = true;
                values.onComplete();
            }
        }
    }
}
