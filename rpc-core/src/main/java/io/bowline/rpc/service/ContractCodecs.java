package io.bowline.rpc.service;

import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.Serializer;
import io.bowline.rpc.wire.TypeGraph;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A contract's codecs for one serializer, built once; a call finds them by its method's index. Thread-safe. */
public final class ContractCodecs {
    private final String serializer;
    private final Codec[] arguments;
    private final Codec[] results;
    private final @Nullable Codec[] streamed;
    private final ThrownCodec thrown;

    private ContractCodecs(
            String serializer, Codec[] arguments, Codec[] results, @Nullable Codec[] streamed, ThrownCodec thrown) {
        this.serializer = serializer;
        this.arguments = arguments;
        this.results = results;
        this.streamed = streamed;
        this.thrown = thrown;
    }

    /** Builds every codec; fails with {@code NOT_SERIALIZABLE} when the serializer refuses a declared type. */
    public static ContractCodecs of(List<RpcMethod> methods, Serializer serializer, TypeGraph types) {
        Codec[] arguments = new Codec[methods.size()];
        Codec[] results = new Codec[methods.size()];
        @Nullable Codec[] streamed = new Codec[methods.size()];
        for (RpcMethod method : methods) {
            Codec values = serializer.arguments(method.valueTypes(), types);
            Type elements = method.streamedType();
            if (elements == null) {
                arguments[method.index()] = values;
            } else {
                arguments[method.index()] = new ValueArguments(values, method.streamParameter());
                streamed[method.index()] = serializer.value(elements, types);
            }
            results[method.index()] = method.resultType() == void.class
                    ? VoidCodec.INSTANCE
                    : serializer.value(method.resultType(), types);
        }
        return new ContractCodecs(
                serializer.name(), arguments, results, streamed, ThrownCodec.of(methods, serializer, types));
    }

    /** The serializer's name. */
    public String serializer() {
        return serializer;
    }

    /** Of the arguments; in the place of one that is a stream there is null when they are read. */
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

    /** Of one element of a method's argument that is a stream. */
    public Codec streamed(RpcMethod method) {
        return Objects.requireNonNull(streamed[method.index()], "the codec of a stream");
    }

    public ThrownCodec thrown() {
        return thrown;
    }
}
