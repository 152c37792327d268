package io.bowline.benchmark.micro;

import io.bowline.benchmark.kit.Users;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.service.ContractCodecs;
import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A body written into an output that is used again, and read from an array. */
@SuppressWarnings("NullAway.Init") // JMH sets parameters and calls setUp
@State(Scope.Thread)
public class SerializerCost {
    @Param({"protostuff", "hessian", "json"})
    public String serializer;

    /** The argument list of {@code existUser}, the result of {@code getUser}, the result of {@code listUser}. */
    @Param({"arguments", "user", "page"})
    public String body;

    private final WireOutput out = new WireOutput();
    private Codec codec;
    private Object value;
    private byte[] bytes;

    /** What a benchmark tells beside its time. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Sizes {
        public long size;
    }

    @Setup
    public void setUp() {
        ContractCodecs codecs = Contract.codecs(serializer);
        RpcMethod method = Contract.method(body.equals("page") ? "listUser" : "getUser");
        codec = body.equals("arguments") ? codecs.arguments(Contract.method("existUser")) : codecs.result(method);
        value = switch (body) {
            case "arguments" -> new Object[] {Users.EMAIL};
            case "user" -> Users.user(42);
            default -> Users.page(42);
        };
        codec.write(value, out);
        bytes = out.toByteArray();
    }

    @Benchmark
    public byte[] write(Sizes sizes) {
        out.reset();
        codec.write(value, out);
        sizes.size = out.size();
        return out.array();
    }

    @Benchmark
    public @Nullable Object read(Sizes sizes) {
        sizes.size = bytes.length;
        return codec.read(new WireInput(bytes));
    }
}
