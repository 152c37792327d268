package io.bowline.rpc;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One method of a service contract, described once and then shared by every call. Compared by identity: two proxies of
 * one interface hold two descriptions.
 */
public final class RpcMethod {
    /** What the contract says of a method beyond its types. */
    public enum Trait {
        /** Running it twice does no more than running it once, so a call of unknown outcome may be retried. */
        IDEMPOTENT,
        /** The caller does not wait for an answer and learns of no failure behind the socket. */
        ONE_WAY,
        /** Its result is a stream, a {@code Flow.Publisher} of {@link RpcMethod#resultType()}. */
        STREAMS_RESULT,
        /** No contract describes it: its name is what a caller said. */
        GENERIC
    }

    private final ServiceName service;
    private final String name;
    private final int index;
    private final List<Type> parameterTypes;
    private final Type resultType;
    private final List<Class<?>> exceptionTypes;
    private final boolean idempotent;
    private final boolean oneWay;
    private final boolean streamsResult;
    private final int streamParameter;
    private final @Nullable Type streamedType;
    private final boolean generic;
    private final List<String> callKey;

    private RpcMethod(Builder builder) {
        service = builder.service;
        name = builder.name;
        index = builder.index;
        parameterTypes = List.copyOf(builder.parameterTypes);
        resultType = builder.resultType;
        exceptionTypes = List.copyOf(builder.exceptionTypes);
        idempotent = builder.traits.contains(Trait.IDEMPOTENT);
        oneWay = builder.traits.contains(Trait.ONE_WAY);
        streamsResult = builder.traits.contains(Trait.STREAMS_RESULT);
        generic = builder.traits.contains(Trait.GENERIC);
        streamParameter = builder.streamParameter;
        streamedType = builder.streamedType;
        callKey = List.copyOf(builder.callKey);
    }

    public static Builder builder(ServiceName service, String name) {
        return new Builder(service, name);
    }

    public ServiceName service() {
        return service;
    }

    /** The name on the wire, with the erased parameter types, so that overloads differ: {@code find(long)}. */
    public String name() {
        return name;
    }

    /** The place among the methods of its service: small, dense, from 0. Holds for one description, not on the wire. */
    public int index() {
        return index;
    }

    /** The declared parameter types, type variables resolved against the contract. */
    public List<Type> parameterTypes() {
        return parameterTypes;
    }

    /**
     * The declared result without its {@code CompletionStage}, for a stream the type of its elements; {@code void.class}
     * where there is none.
     */
    public Type resultType() {
        return resultType;
    }

    /** The declared exceptions. */
    public List<Class<?>> exceptionTypes() {
        return exceptionTypes;
    }

    public boolean idempotent() {
        return idempotent;
    }

    /** The same method, declared idempotent or not by someone with a higher word than the contract. */
    public RpcMethod withIdempotent(boolean idempotent) {
        if (idempotent == this.idempotent) {
            return this;
        }
        List<Trait> traits = new ArrayList<>();
        if (idempotent) {
            traits.add(Trait.IDEMPOTENT);
        }
        if (oneWay) {
            traits.add(Trait.ONE_WAY);
        }
        if (streamsResult) {
            traits.add(Trait.STREAMS_RESULT);
        }
        if (generic) {
            traits.add(Trait.GENERIC);
        }
        return builder(service, name)
                .index(index)
                .parameterTypes(parameterTypes)
                .resultType(resultType)
                .exceptionTypes(exceptionTypes)
                .streams(streamParameter, streamedType)
                .traits(traits)
                .callKey(callKey)
                .build();
    }

    /** The parts of what tells one call from another, as {@link Idempotent#key()} has them; empty for none. */
    public List<String> callKey() {
        return callKey;
    }

    public boolean oneWay() {
        return oneWay;
    }

    /** Whether its result is a stream of {@link #resultType()}. */
    public boolean streamsResult() {
        return streamsResult;
    }

    /** The place of the argument that is a stream of {@link #streamedType()}; -1 if there is none. */
    public int streamParameter() {
        return streamParameter;
    }

    /** The type of the elements of the argument that is a stream; null if there is none. */
    public @Nullable Type streamedType() {
        return streamedType;
    }

    /** Whether streams belong to its calls, of whichever side. */
    public boolean streams() {
        return streamsResult || streamParameter >= 0;
    }

    /** The declared types of the arguments that travel with the call itself: all but a stream. */
    public List<Type> valueTypes() {
        if (streamParameter < 0) {
            return parameterTypes;
        }
        List<Type> values = new ArrayList<>(parameterTypes);
        values.remove(streamParameter);
        return values;
    }

    /** Whether no contract describes it, so that its name is whatever a caller said. */
    public boolean generic() {
        return generic;
    }

    /** {@code demo.Greeter:1.2 find(long)}. */
    @Override
    public String toString() {
        return service + " " + name;
    }

    /** Collects what a description holds. Used by one thread. */
    public static final class Builder {
        private final ServiceName service;
        private final String name;
        private int index;
        private List<? extends Type> parameterTypes = List.of();
        private Type resultType = void.class;
        private List<Class<?>> exceptionTypes = List.of();
        private List<Trait> traits = List.of();
        private int streamParameter = -1;
        private @Nullable Type streamedType;
        private List<String> callKey = List.of();

        private Builder(ServiceName service, String name) {
            this.service = service;
            this.name = name;
        }

        public Builder index(int index) {
            this.index = index;
            return this;
        }

        public Builder parameterTypes(List<? extends Type> types) {
            this.parameterTypes = types;
            return this;
        }

        public Builder resultType(Type type) {
            this.resultType = type;
            return this;
        }

        public Builder exceptionTypes(List<Class<?>> types) {
            this.exceptionTypes = types;
            return this;
        }

        public Builder traits(List<Trait> traits) {
            this.traits = traits;
            return this;
        }

        /** The place of the argument that is a stream, or -1, and the type of its elements. */
        public Builder streams(int parameter, @Nullable Type elements) {
            this.streamParameter = parameter;
            this.streamedType = elements;
            return this;
        }

        public Builder callKey(List<String> parts) {
            this.callKey = parts;
            return this;
        }

        public RpcMethod build() {
            return new RpcMethod(this);
        }
    }
}
