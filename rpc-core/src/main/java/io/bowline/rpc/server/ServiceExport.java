package io.bowline.rpc.server;

import io.bowline.rpc.Code;
import io.bowline.rpc.NonBlocking;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.service.ServiceContract;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One service that a server offers.
 *
 * @param contract the interface, in its version and group
 * @param service the user's object
 * @param subtypes types that may stand where the contract declares an open one
 */
record ServiceExport(ServiceContract contract, Object service, Set<Class<?>> subtypes) {
    ServiceExport {
        if (!contract.type().isInstance(service)) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    service.getClass().getName() + " (expected: an implementation of "
                            + contract.type().getName() + ")");
        }
        subtypes = Set.copyOf(subtypes);
    }

    /** The indexes of the methods that say of themselves that they never block. */
    Set<Integer> nonBlocking() {
        Set<Integer> indexes = new HashSet<>();
        contract.methods().forEach(method -> {
            if (isNonBlocking(method.java())) {
                indexes.add(method.rpc().index());
            }
        });
        return indexes;
    }

    /** The annotation counts on the class, on its method, and on the interface's method. */
    private boolean isNonBlocking(Method contractMethod) {
        if (contractMethod.isAnnotationPresent(NonBlocking.class)) {
            return true;
        }
        for (Class<?> type = service.getClass(); type != Object.class; type = type.getSuperclass()) {
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
