package io.bowline.rpc.resilience4j;

import io.bowline.rpc.RpcMethod;
import org.jspecify.annotations.Nullable;

/**
 * How an instance of resilience4j is found for a method. Asked once for each method of a proxy or of a server, with its
 * first call; must not block.
 */
@FunctionalInterface
public interface InstanceNames {
    /** The name of the instance that calls of the method pass; null where they pass none. */
    @Nullable
    String of(RpcMethod method);

    /** An instance for each method: {@code demo.Greeter:1.2 find(long)}. */
    static InstanceNames perMethod() {
        return RpcMethod::toString;
    }

    /** An instance for each service, all its methods together: {@code demo.Greeter:1.2}. */
    static InstanceNames perService() {
        return method -> method.service().toString();
    }
}
