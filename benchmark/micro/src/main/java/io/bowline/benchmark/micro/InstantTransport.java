package io.bowline.benchmark.micro;

import io.bowline.rpc.Address;
import io.bowline.rpc.transport.Binding;
import io.bowline.rpc.transport.Connection;
import io.bowline.rpc.transport.OutboundCall;
import io.bowline.rpc.transport.Peer;
import io.bowline.rpc.transport.Receiver;
import io.bowline.rpc.transport.ResponseHead;
import io.bowline.rpc.transport.Transport;
import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Gives each call the same answer before it is handed over: nothing is sent, nobody waits. For one thread. */
final class InstantTransport implements Transport {
    private final byte[] answer;

    InstantTransport(Codec result, Object value) {
        WireOutput out = new WireOutput();
        result.write(value, out);
        answer = out.toByteArray();
    }

    @Override
    public String name() {
        return "instant";
    }

    @Override
    public CompletionStage<Connection> connect(Address address) {
        return CompletableFuture.completedFuture(new InstantConnection(address, answer));
    }

    @Override
    public CompletionStage<Binding> bind(Address address, Receiver receiver) {
        throw new UnsupportedOperationException("nobody listens here");
    }

    @Override
    public void close() {}

    private static final class InstantConnection implements Connection {
        private final Address address;
        private final byte[] answer;
        private final WireInput input;

        InstantConnection(Address address, byte[] answer) {
            this.address = address;
            this.answer = answer;
            input = new WireInput(answer);
        }

        @Override
        public void send(OutboundCall call) {
            input.reset(answer, 0, answer.length);
            call.answered(ResponseHead.OK, input);
        }

        @Override
        public Peer peer() {
            return new Peer(address, Set.of("protostuff"));
        }

        @Override
        public CompletionStage<Void> draining() {
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<Void> closed() {
            return new CompletableFuture<>();
        }

        @Override
        public void close() {}
    }
}
