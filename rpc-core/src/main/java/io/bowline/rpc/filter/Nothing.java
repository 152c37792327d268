package io.bowline.rpc.filter;

import io.bowline.rpc.Response;
import io.bowline.rpc.RpcMethod;
import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The answer that says nothing, for a declared result. */
final class Nothing {
    private Nothing() {}

    static Response of(RpcMethod method) {
        return Response.of(value(method.resultType()));
    }

    private static @Nullable Object value(Type result) {
        Type bare = result instanceof ParameterizedType generic ? generic.getRawType() : result;
        if (!(bare instanceof Class<?> type) || type == void.class) {
            return null;
        }
        if (type.isPrimitive()) {
            return Array.get(Array.newInstance(type, 1), 0);
        }
        if (type == Optional.class) {
            return Optional.empty();
        }
        if (type == List.class || type == Collection.class || type == Iterable.class) {
            return List.of();
        }
        if (type == Set.class) {
            return Set.of();
        }
        return type == Map.class ? Map.of() : null;
    }
}
