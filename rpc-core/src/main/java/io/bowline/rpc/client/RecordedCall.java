package io.bowline.rpc.client;

import io.bowline.rpc.Attempt;
import io.bowline.rpc.Attempt.Phase;
import io.bowline.rpc.CallRecord;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.filter.Gate;
import io.bowline.rpc.filter.TimesFilter.Times;
import io.bowline.rpc.transport.ResponseHead;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An attempt of which somebody wants to know where the time goes. */
final class RecordedCall extends RemoteCall {
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final CallRecord recorded;

    // Written by the caller's thread or an I/O thread, one after the other; read when the attempt has ended.
    private volatile long encodes = UNKNOWN;
    private volatile long encoded = UNKNOWN;
    private volatile long arrived = UNKNOWN;
    private volatile @Nullable Times served;

    RecordedCall(
            RemoteInvoker node,
            ReferenceCodecs codecs,
            Request request,
            int stalePicks,
            @Nullable Gate gate,
            CallRecord recorded) {
        super(node, codecs, request, stalePicks, gate);
        this.recorded = recorded;
    }

    @Override
    public void writeTo(WireOutput body) {
        encodes = now();
        super.writeTo(body);
        encoded = now();
    }

    @Override
    public void answered(ResponseHead head, WireInput body) {
        arrived = now();
        served = Times.of(head.metadata());
        super.answered(head, body);
    }

    @Override
    void won(Response response) {
        attempt(null);
        super.won(response);
    }

    @Override
    Attempt attempt(@Nullable RpcException why) {
        Attempt plain = super.attempt(why);
        Attempt whole = new Attempt(plain.provider(), plain.startNanos(), plain.tookNanos(), phases(plain), why);
        recorded.ended(whole);
        return whole;
    }

    private List<Phase> phases(Attempt plain) {
        List<Phase> phases = new ArrayList<>();
        if (encoded == UNKNOWN) {
            return phases;
        }
        phases.add(new Phase("queue", encodes - plain.startNanos()));
        phases.add(new Phase("encode", encoded - encodes));
        if (arrived == UNKNOWN) {
            return phases;
        }
        long away = arrived - encoded;
        Times there = served;
        if (there == null) {
            phases.add(new Phase("wire and server", away));
        } else {
            // Two clocks, and two readings of each: what is left for the wire may be less than nothing.
            phases.add(new Phase("wire", Math.max(0, away - there.queuedNanos() - there.handledNanos())));
            phases.add(new Phase("server queue", there.queuedNanos()));
            phases.add(new Phase("handler", there.handledNanos()));
        }
        phases.add(new Phase("decode", plain.startNanos() + plain.tookNanos() - arrived));
        return phases;
    }
}
