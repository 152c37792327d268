package io.bowline.rpc.service;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.Suggestions;
import java.util.Collection;
import java.util.List;

/** How options name methods: {@code find} for all overloads of a name, {@code find(long)} for one of them. */
public final class MethodNames {
    private MethodNames() {}

    /** Whether a name is of this very overload. */
    public static boolean isOverload(String name, RpcMethod method) {
        return method.name().equals(name);
    }

    /** Whether a name is that of the method, whatever its parameters. */
    public static boolean isName(String name, RpcMethod method) {
        return method.name().startsWith(name + "(");
    }

    /** Fails with {@code INVALID_CONFIGURATION} for a name that no method has. */
    public static void check(ServiceName service, List<RpcMethod> methods, Collection<String> names) {
        for (String name : names) {
            if (methods.stream().noneMatch(method -> isOverload(name, method) || isName(name, method))) {
                throw RpcException.of(
                        Code.INVALID_CONFIGURATION,
                        "options for " + service + " " + name + ", which it does not have; "
                                + Suggestions.of(name, alike(name, methods)));
            }
        }
    }

    /** The names in the form in which the unknown one is written, since in the other none would be near it. */
    private static List<String> alike(String unknown, List<RpcMethod> methods) {
        boolean overload = unknown.contains("(");
        return methods.stream()
                .map(RpcMethod::name)
                .map(name -> overload ? name : name.split("[(/]", 2)[0])
                .toList();
    }
}
