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
                                + suggestion(name, methods));
            }
        }
    }

    /** All overloads are known by their signatures; one that is nearly named is suggested as it was named, without. */
    private static String suggestion(String unknown, List<RpcMethod> methods) {
        List<String> known = methods.stream().map(RpcMethod::name).toList();
        String listed = Suggestions.of(unknown, known);
        if (!Suggestions.nearest(unknown, known).isEmpty()) {
            return listed;
        }
        String nearest = Suggestions.nearest(
                unknown, known.stream().map(name -> name.split("[(/]", 2)[0]).toList());
        return nearest.isEmpty() ? listed : listed + ". Did you mean " + nearest + "?";
    }
}
