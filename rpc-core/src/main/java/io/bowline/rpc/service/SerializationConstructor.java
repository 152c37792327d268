package io.bowline.rpc.service;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;

/**
 * A constructor of a type that runs an ancestor's instead of its own, as Java serialization uses it. The JDK offers it
 * in {@code sun.reflect.ReflectionFactory}, a supported part of the module {@code jdk.unsupported}; it is reached by
 * reflection because a compiler that targets an older release does not list it without a warning.
 */
final class SerializationConstructor {
    private SerializationConstructor() {}

    static Constructor<?> of(Class<?> type, Constructor<?> ancestors) {
        try {
            Class<?> factoryType = Class.forName("sun.reflect.ReflectionFactory");
            Object factory = factoryType.getMethod("getReflectionFactory").invoke(null);
            Method make = factoryType.getMethod("newConstructorForSerialization", Class.class, Constructor.class);
            return (Constructor<?>) make.invoke(factory, type, ancestors);
        } catch (ReflectiveOperationException absent) {
            throw RpcException.of(
                    Code.NOT_SERIALIZABLE,
                    "cannot rebuild " + type.getName() + ": this Java has no module jdk.unsupported; add it, or do not"
                            + " declare this exception",
                    absent);
        }
    }
}
