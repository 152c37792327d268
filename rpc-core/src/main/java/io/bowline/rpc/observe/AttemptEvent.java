package io.bowline.rpc.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/**
 * An attempt of a client's call at one provider, written when the call has ended; {@code io.bowline.rpc.Attempt}. Off unless a
 * recording asks for it, since each call is {@linkplain io.bowline.rpc.CallRecord recorded} while it is on.
 */
@Name("io.bowline.rpc.Attempt")
@Label("RPC Attempt")
@Description("An attempt of a call at one provider; stands where the call ended")
@Category({"Bowline", "RPC"})
@StackTrace(false)
@Enabled(false)
final class AttemptEvent extends Event {
    @Label("Service")
    @Nullable
    String service;

    @Label("Method")
    @Nullable
    String method;

    @Label("Status")
    @Description("OK, or the code of the failure")
    @Nullable
    String status;

    @Label("Provider")
    @Nullable
    String provider;

    @Label("After")
    @Description("From the beginning of the call to that of the attempt")
    @Timespan(Timespan.NANOSECONDS)
    long after;

    @Label("Took")
    @Timespan(Timespan.NANOSECONDS)
    long took;

    @Label("Client Queue")
    @Timespan(Timespan.NANOSECONDS)
    long queue;

    @Label("Encoding")
    @Timespan(Timespan.NANOSECONDS)
    long encode;

    @Label("Wire")
    @Description("The network, and the server where that did not tell its part")
    @Timespan(Timespan.NANOSECONDS)
    long wire;

    @Label("Server Queue")
    @Timespan(Timespan.NANOSECONDS)
    long serverQueue;

    @Label("Handler")
    @Timespan(Timespan.NANOSECONDS)
    long handler;

    @Label("Decoding")
    @Timespan(Timespan.NANOSECONDS)
    long decode;
}
