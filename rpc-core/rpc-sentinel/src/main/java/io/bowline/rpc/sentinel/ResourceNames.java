package io.bowline.rpc.sentinel;

import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;

/**
 * How Sentinel's resources are named. A call is two of them: its service, and its method. Asked once for each method of a
 * proxy or of a server, with its first call.
 */
public interface ResourceNames {
    /** As Sentinel's adapter for Dubbo names them: {@code demo.Greeter} and {@code demo.Greeter:find(long,[I)}. */
    ResourceNames DUBBO = new ResourceNames() {
        @Override
        public String service(RpcMethod method) {
            return method.service().name();
        }

        @Override
        public String method(RpcMethod method) {
            return service(method) + ":" + ArrayNames.of(method.name());
        }
    };

    /**
     * The same, with version and group, as that adapter names them if told to: {@code demo.Greeter:1.2:blue}. Each is
     * empty where there is none.
     */
    ResourceNames DUBBO_VERSIONED = new ResourceNames() {
        @Override
        public String service(RpcMethod method) {
            ServiceName service = method.service();
            return service.name() + ":" + service.version() + ":" + service.group();
        }

        @Override
        public String method(RpcMethod method) {
            return service(method) + ":" + ArrayNames.of(method.name());
        }
    };

    /** The name of the resource that all methods of a service share. */
    String service(RpcMethod method);

    /** The name of the resource of the method alone. */
    String method(RpcMethod method);

    /**
     * These names behind a prefix, where one process both offers and calls a service and rules are to tell the two apart.
     */
    default ResourceNames prefixed(String prefix) {
        ResourceNames bare = this;
        return new ResourceNames() {
            @Override
            public String service(RpcMethod method) {
                return prefix + bare.service(method);
            }

            @Override
            public String method(RpcMethod method) {
                return prefix + bare.method(method);
            }
        };
    }
}
