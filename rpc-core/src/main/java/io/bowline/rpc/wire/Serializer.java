package io.bowline.rpc.wire;

import java.lang.reflect.Type;
import java.util.List;

/**
 * Turns declared types into codecs. Built once per method when a service is exported or a proxy is made; a call only
 * runs codecs.
 *
 * <p>Thread-safe. Found by name at the edges through {@link java.util.ServiceLoader}; passed as an object in code. A new
 * serializer is done when its subclass of the testkit's {@code SerializerContract} is green.
 */
public interface Serializer {
    /** The name on the wire and in configuration: lower case, digits and hyphens. */
    String name();

    /**
     * A codec for one value of a declared type.
     *
     * @param type the declared type, with its type arguments
     * @param types the gate: the only types that the codec may create, whatever the bytes say
     * @throws io.bowline.rpc.RpcException {@code NOT_SERIALIZABLE}, naming the path to the field, when the type or
     *     anything it reaches cannot be carried faithfully
     */
    Codec value(Type type, TypeGraph types);

    /**
     * A codec for an argument list: it writes and reads {@code Object[]} with one element a type.
     *
     * @throws io.bowline.rpc.RpcException as {@link #value}
     */
    Codec arguments(List<Type> parameterTypes, TypeGraph types);
}
