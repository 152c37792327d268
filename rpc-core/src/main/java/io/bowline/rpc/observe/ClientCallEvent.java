package io.bowline.rpc.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A call as its client sees it, all attempts together; {@code io.bowline.rpc.ClientCall}. */
@Name("io.bowline.rpc.ClientCall")
@Label("RPC Client Call")
@Description("A call of a client, from the user's filters to its end")
@Category({"Bowline", "RPC"})
@StackTrace(false)
final class ClientCallEvent extends Event {
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

    @Label("Trace Id")
    @Nullable
    String traceId;
}
