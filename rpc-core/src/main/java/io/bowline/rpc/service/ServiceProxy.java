package io.bowline.rpc.service;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The first room of a call: an object that implements the contract and turns each method call into a {@link Door}'s.
 * {@code equals}, {@code hashCode} and {@code toString} are answered here and never travel. Thread-safe.
 */
public final class ServiceProxy implements InvocationHandler {
    private static final @Nullable Object[] NO_ARGUMENTS = {};

    private final String description;
    private final Map<Method, Entry> entries;

    private record Entry(Door door, ContractMethod method, boolean primitive) {}

    private ServiceProxy(ServiceContract contract, List<Door> doors) {
        description = contract.type().getSimpleName() + " proxy of " + contract.name();
        entries = new HashMap<>();
        contract.byJavaMethod().forEach((java, method) -> {
            Class<?> result = java.getReturnType();
            boolean primitive = result.isPrimitive() && result != void.class;
            entries.put(java, new Entry(doors.get(method.rpc().index()), method, primitive));
        });
    }

    /** A proxy of the contract's interface; {@code doors} holds one for each method, at its index. */
    public static <T> T create(Class<T> type, ServiceContract contract, List<Door> doors) {
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new ServiceProxy(contract, doors));
        return type.cast(proxy);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        Entry entry = entries.get(method);
        if (entry == null) {
            return invokeLocally(proxy, method, arguments);
        }
        @Nullable Object[] values = arguments == null ? NO_ARGUMENTS : arguments;
        ResultShape shape = entry.method.shape();
        if (shape == ResultShape.STAGE) {
            return entry.method.later(entry.door, values);
        }
        if (shape.streams()) {
            return entry.method.stream(entry.door, values);
        }
        Object result = entry.door.call(entry.method.ofCaller(values));
        if (result == null && entry.primitive) {
            throw RpcException.of(
                    Code.MALFORMED_DATA,
                    entry.door.method() + " answered null (expected: a " + method.getReturnType() + ")");
        }
        return shape == ResultShape.ONE_WAY ? null : result;
    }

    /** The methods of Object, and the bridges that the compiler puts into interfaces. */
    @SuppressWarnings("ReferenceEquality") // A proxy equals itself and nothing else.
    private @Nullable Object invokeLocally(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.isDefault()) {
            return InvocationHandler.invokeDefault(proxy, method, arguments);
        }
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> description;
        };
    }
}
