package io.bowline.rpc.service;

import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.Serializer;
import io.bowline.rpc.wire.TypeGraph;
import java.util.List;

/** A contract's codecs for one serializer, built once; a call finds them by its method's index. Thread-safe. */
public final class ContractCodecs {
    private final String serializer;
    private final Codec[] arguments;
    private final Codec[] results;
    private final ThrownCodec thrown;

    private ContractCodecs(String serializer, Codec[] arguments, Codec[] results, ThrownCodec thrown) {
        this.serializer = serializer;
        this.arguments = arguments;
        this.results = results;
        this.thrown = thrown;
    }

    /** Builds every codec; fails with {@code NOT_SERIALIZABLE} when the serializer refuses a declared type. */
    public static ContractCodecs of(List<RpcMethod> methods, Serializer serializer, TypeGraph types) {
        Codec[] arguments = new Codec[methods.size()];
        Codec[] results = new Codec[methods.size()];
        for (RpcMethod method : methods) {
            arguments[method.index()] = serializer.arguments(method.parameterTypes(), types);
            results[method.index()] = method.resultType() == void.class
                    ? VoidCodec.INSTANCE
                    : serializer.value(method.resultType(), types);
        }
        return new ContractCodecs(serializer.name(), arguments, results, ThrownCodec.of(methods, serializer, types));
    }

    /** The serializer's name. */
    public String serializer() {
        return serializer;
    }

    public Codec arguments(RpcMethod method) {
        return arguments[method.index()];
    }

    public Codec result(RpcMethod method) {
        return results[method.index()];
    }

    /** Of one element of a method's streamed result. */
    public Codec element(RpcMethod method) {
        return results[method.index()];
    }

    public ThrownCodec thrown() {
        return thrown;
    }
}
