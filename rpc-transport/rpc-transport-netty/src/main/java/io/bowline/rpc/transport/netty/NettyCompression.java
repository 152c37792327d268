package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Plugins;
import io.bowline.rpc.wire.Compression;
import io.bowline.rpc.wire.GzipCompression;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How bodies are made smaller on the wire.
 *
 * @param algorithms those that this side reads, and of which it writes the first that the peer reads, too; of different names
 * @param above a body of more bytes is sent compressed; {@link #NEVER} by default
 */
public record NettyCompression(List<Compression> algorithms, int above) {
    /** Nothing is sent compressed. */
    public static final int NEVER = Integer.MAX_VALUE;

    /** Reads gzip alone. */
    static final NettyCompression DEFAULT = new NettyCompression(List.of(new GzipCompression()), NEVER);

    public NettyCompression {
        NettyLimits.check("compressAbove", above, 0, NEVER);
        algorithms = List.copyOf(algorithms);
        Set<String> names = algorithms.stream().map(Compression::name).collect(Collectors.toSet());
        if (names.size() < algorithms.size()) {
            throw new IllegalArgumentException("compressions: "
                    + algorithms.stream().map(Compression::name).toList() + " (expected: each once)");
        }
    }

    /** Reads whatever is on the class path; gzip, which everybody has, comes last. */
    static NettyCompression found() {
        List<Compression> gzipLast = Plugins.load(Compression.class, Compression::name).all().stream()
                .sorted(Comparator.comparing(each -> each instanceof GzipCompression))
                .toList();
        return new NettyCompression(gzipLast, NEVER);
    }

    List<String> names() {
        return algorithms.stream().map(Compression::name).toList();
    }
}
