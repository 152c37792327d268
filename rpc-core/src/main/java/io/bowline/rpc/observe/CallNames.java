package io.bowline.rpc.observe;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How calls are named to the outside, in metrics, traces and logs alike: after OpenTelemetry's semantic conventions for RPC,
 * version 1.45.0. {@value #SERVICE} was part of them until 1.38 and is kept, for who wants a sum by service.
 */
public final class CallNames {
    /** The label {@code rpc.system.name}, whose value is {@link #BOWLINE}. */
    public static final String SYSTEM = "rpc.system.name";

    /** The label {@code rpc.service}: the interface's name, without version and group. */
    public static final String SERVICE = "rpc.service";

    /** The label {@code rpc.method}: service and method, {@code demo.Greeter/hello}. Overloads share a name. */
    public static final String METHOD = "rpc.method";

    /** The label {@code rpc.response.status_code}: {@code OK}, or the name of a {@link Code}. */
    public static final String STATUS = "rpc.response.status_code";

    /** The label {@code error.type}, where there is only one if the call failed: the same as {@link #STATUS}. */
    public static final String ERROR = "error.type";

    /** This framework, as a {@link #SYSTEM}. */
    public static final String BOWLINE = "bowline";

    /** The status of a call that was answered. */
    public static final String OK = "OK";

    /** Whatever has no name of its own: methods that no contract describes, and those beyond a bound. */
    public static final String OTHER = "_OTHER";

    private CallNames() {}

    /** The service, for who counts by it; {@value #OTHER} for what no contract describes. */
    public static String service(RpcMethod method) {
        return method.generic() ? OTHER : method.service().name();
    }

    /** Service and method: {@code demo.Greeter/hello}; {@value #OTHER} for what no contract describes. */
    public static String method(RpcMethod method) {
        return method.generic() ? OTHER : method.service().name() + "/" + bare(method);
    }

    /** The method's name without its parameters: {@code hello}. */
    public static String bare(RpcMethod method) {
        String name = method.name();
        int end = name.indexOf('(');
        return end < 0 ? name : name.substring(0, end);
    }

    /** {@code OK}, or the name of the failure's code. */
    public static String status(@Nullable Code failure) {
        return failure == null ? OK : failure.name();
    }

    /** The code of what a stage was completed with; null for none. */
    static @Nullable Code code(@Nullable Throwable thrown) {
        return thrown == null ? null : RpcException.from(thrown).code();
    }

    static Map<String, String> labels(String service, String method) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(SYSTEM, BOWLINE);
        labels.put(SERVICE, service);
        labels.put(METHOD, method);
        return labels;
    }

    static Map<String, String> labels(String service, String method, String status) {
        Map<String, String> labels = labels(service, method);
        labels.put(STATUS, status);
        return labels;
    }
}
