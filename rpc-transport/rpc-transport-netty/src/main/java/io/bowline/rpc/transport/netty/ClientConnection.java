package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.transport.Connection;
import io.bowline.rpc.transport.Item;
import io.bowline.rpc.transport.OutboundCall;
import io.bowline.rpc.transport.Peer;
import io.bowline.rpc.transport.RequestHead;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The callers' side of a client's connection: judges and encodes a call on the caller's thread and hands it over. */
final class ClientConnection implements Connection {
    private final ClientLink link;
    private final ClientCalls calls;
    private final Peer peer;
    private final String[] serializers;
    private final int maxMetadata;
    private final boolean streams;

    ClientConnection(ClientLink link, ClientCalls calls, Peer peer, Hello server) {
        this.link = link;
        this.calls = calls;
        this.peer = peer;
        this.serializers = server.serializers().toArray(new String[0]);
        this.streams = server.minor() > 0;
        this.maxMetadata =
                Math.min(Math.min(server.maxMetadata(), link.limits().maxMetadata()), server.maxFrame() - Heads.ROOM);
    }

    @Override
    public void send(OutboundCall outbound) {
        RequestHead head = outbound.head();
        long now = System.nanoTime();
        int serializer = serializer(head.serializer());
        RpcException refused = refusal(head, serializer, now);
        if (refused != null) {
            outbound.failed(refused);
            return;
        }
        PendingCall call = new PendingCall(calls, outbound, head, serializer, now);
        try {
            call.labels(Heads.metadata(head.metadata(), maxMetadata));
            Scratch.write(outbound, calls.packer(), call);
            Flow.Publisher<Item> elements = outbound.stream();
            if (elements != null) {
                call.upload = calls.upload(elements);
            }
        } catch (RuntimeException | Error thrown) {
            outbound.failed(RpcException.from(thrown).asUnprocessed());
            return;
        }
        call.watch();
        calls.put(call);
    }

    @Override
    public boolean streams() {
        return streams;
    }

    /** Calls that the server has not answered yet, those included whose caller has gone. */
    CompletionStage<Integer> inFlight() {
        return calls.count();
    }

    private @Nullable RpcException refusal(RequestHead head, int serializer, long now) {
        if (link.isRefusing()) {
            return link.refusal();
        }
        if (serializer < 0) {
            return RpcException.unprocessed(
                    Code.SERIALIZER_NOT_ACCEPTED,
                    peer.address() + " does not accept '" + head.serializer() + "'; it accepts " + peer.serializers());
        }
        return head.deadline().hasPassed(now)
                ? RpcException.unprocessed(
                        Code.BUDGET_SPENT,
                        "the limit of " + head.deadline() + " had passed before the call was sent to " + peer.address()
                                + "; " + head.method())
                : null;
    }

    private int serializer(String name) {
        for (int i = 0; i < serializers.length; i++) {
            if (serializers[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public Peer peer() {
        return peer;
    }

    @Override
    public CompletionStage<Void> draining() {
        return link.draining();
    }

    @Override
    public CompletionStage<Void> closed() {
        return link.closed();
    }

    @Override
    public void close() {
        link.closeByOwner();
    }
}
