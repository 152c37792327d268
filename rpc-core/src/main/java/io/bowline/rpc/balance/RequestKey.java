package io.bowline.rpc.balance;

import io.bowline.rpc.Request;
import org.jspecify.annotations.Nullable;

/**
 * What of a request decides where it goes: calls of one key go to one provider ({@link LoadBalancer#consistentHash}).
 * Thread-safe; never throws, never blocks, and best allocates nothing.
 */
@FunctionalInterface
public interface RequestKey {
    /** No key: the request may go anywhere. */
    long NONE = 0;

    /** The hash of the request's key, well mixed and the same in every process; {@link #NONE} if it has no key. */
    long hash(Request request);

    /** The key itself, to be compared by {@code equals}; null if the request has none. By default, its hash. */
    default @Nullable Object value(Request request) {
        long hash = hash(request);
        return hash == NONE ? null : hash;
    }

    /**
     * An argument, or what stands in it: {@code 0} is the first argument, {@code 0.userId} its property, {@code
     * 1.order.customer} a property of a property. A property is a record's component, a method without parameters of
     * that name or with {@code get} or {@code is}, a field, or an entry of a map.
     *
     * <p>Texts, whole numbers, enums and UUIDs hash alike in every process; of other values, those whose {@code
     * hashCode} does. A request without that argument, or with null there, has no key. A property that its class does not
     * have is logged once for that class and is no key.
     *
     * @throws io.bowline.rpc.RpcException {@code INVALID_CONFIGURATION} if the path does not begin with a number
     */
    static RequestKey argument(String path) {
        return ArgumentKey.of(path);
    }

    /** A label of the request's metadata. */
    static RequestKey label(String name) {
        return new LabelKey(name);
    }

    /** From configuration: {@code @tenant} is a label, anything else the path of an argument. */
    static RequestKey parse(String text) {
        return text.startsWith("@") ? label(text.substring(1)) : argument(text);
    }
}
