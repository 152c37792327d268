package io.bowline.rpc.server;

import io.bowline.rpc.Code;
import io.bowline.rpc.NonBlocking;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.service.ServiceContract;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One service that a server offers.
 *
 * @param contract the interface, in its version and group
 * @param service the user's object
 * @param subtypes types that may stand where the contract declares an open one
 * @param options how it is offered
 */
record ServiceExport(ServiceContract contract, Object service, Set<Class<?>> subtypes, ServiceOptions options) {
    ServiceExport {
        if (!contract.type().isInstance(service)) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    service.getClass().getName() + " (expected: an implementation of "
                            + contract.type().getName() + ")");
        }
        Class<?> behind = options.implementation();
        if (behind != null && !contract.type().isAssignableFrom(behind)) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "implementation: " + behind.getName() + " (expected: a class that implements "
                            + contract.type().getName() + ")");
        }
        subtypes = Set.copyOf(subtypes);
    }

    /** The class whose annotations count, and whose name is shown. */
    Class<?> implementation() {
        Class<?> behind = options.implementation();
        return behind == null ? service.getClass() : behind;
    }

    /** What is to be registered of it: the server's weight, unless it has its own. */
    int weight(ServerOptions server) {
        Integer own = options.weight();
        return own == null ? server.weight() : own;
    }

    /** The server's labels and its own, which stand above them. */
    Map<String, String> labels(ServerOptions server) {
        Map<String, String> labels = new HashMap<>(server.labels());
        labels.putAll(options.labels());
        return Map.copyOf(labels);
    }

    /** The annotation counts on the class, on its method, and on the interface's method. */
    boolean isNonBlocking(Method contractMethod) {
        if (contractMethod.isAnnotationPresent(NonBlocking.class)) {
            return true;
        }
        for (Class<?> type = implementation(); type != null && type != Object.class; type = type.getSuperclass()) {
            Method own = declared(type, contractMethod);
            if (own != null || type.isAnnotationPresent(NonBlocking.class)) {
                return type.isAnnotationPresent(NonBlocking.class)
                        || (own != null && own.isAnnotationPresent(NonBlocking.class));
            }
        }
        return false;
    }

    private static @Nullable Method declared(Class<?> type, Method contractMethod) {
        List<Class<?>> parameters = List.of(contractMethod.getParameterTypes());
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().equals(contractMethod.getName())
                    && List.of(method.getParameterTypes()).equals(parameters)) {
                return method;
            }
        }
        return null;
    }
}
