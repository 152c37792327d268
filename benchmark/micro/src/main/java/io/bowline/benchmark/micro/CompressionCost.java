package io.bowline.benchmark.micro;

import io.bowline.benchmark.kit.Users;
import io.bowline.rpc.Plugins;
import io.bowline.rpc.wire.Compression;
import io.bowline.rpc.wire.WireOutput;
import java.util.Random;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A body made smaller and read again: pages of users, no two alike, one behind the other. */
@SuppressWarnings("NullAway.Init") // JMH sets parameters and calls setUp
@State(Scope.Thread)
public class CompressionCost {
    @Param({"gzip", "lz4", "zstd"})
    public String algorithm;

    @Param({"json", "protostuff"})
    public String serializer;

    /** Bytes of the body, about. */
    @Param({"8192", "262144"})
    public int size;

    private final WireOutput out = new WireOutput();
    private Compression compression;
    private byte[] body;
    private byte[] compressed;
    private byte[] target;

    /** What a benchmark tells beside its time. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Sizes {
        public long from;
        public long to;
    }

    @Setup
    public void setUp() {
        compression = Plugins.load(Compression.class, Compression::name).named(algorithm);
        Random random = new Random(1);
        WireOutput pages = new WireOutput();
        while (pages.size() < size) {
            Contract.codecs(serializer)
                    .result(Contract.method("listUser"))
                    .write(Users.page(random.nextInt(1_000)), pages);
        }
        body = pages.toByteArray();
        target = new byte[body.length];
        compression.compress(body, body.length, out);
        compressed = out.toByteArray();
    }

    @Benchmark
    public byte[] compress(Sizes sizes) {
        out.reset();
        compression.compress(body, body.length, out);
        sizes.from = body.length;
        sizes.to = out.size();
        return out.array();
    }

    @Benchmark
    public int decompress() {
        return compression.decompress(compressed, 0, compressed.length, target);
    }
}
