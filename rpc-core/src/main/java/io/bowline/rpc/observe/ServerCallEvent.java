package io.bowline.rpc.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A call as its server sees it, once its handler has begun, and what it waited before; {@code io.bowline.rpc.ServerCall}. */
@Name("io.bowline.rpc.ServerCall")
@Label("RPC Server Call")
@Description("A call at a server, from the beginning of its handler to its end")
@Category({"Bowline", "RPC"})
@StackTrace(false)
final class ServerCallEvent extends Event {
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

    @Label("Caller")
    @Nullable
    String peer;

    @Label("Queue Time")
    @Description("From the arrival of the request to the beginning of its handler")
    @Timespan(Timespan.NANOSECONDS)
    long queueTime;

    @Label("Trace Id")
    @Nullable
    String traceId;
}
