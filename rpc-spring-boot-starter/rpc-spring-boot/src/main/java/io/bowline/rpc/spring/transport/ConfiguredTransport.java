package io.bowline.rpc.spring.transport;

import io.bowline.rpc.spring.properties.SslProperties;
import io.bowline.rpc.transport.netty.NettyTransport;
import io.bowline.rpc.transport.netty.NettyTransportBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.unit.DataSize;

/**
 * A transport as properties say. Closed with the application.
 *
 * @param transport what it is
 */
public record ConfiguredTransport(NettyTransport transport) implements AutoCloseable {
    /**
     * Made of properties.
     *
     * @param ssl null for connections in the clear
     * @param compressAbove null if nothing is compressed
     */
    public static ConfiguredTransport of(
            @Nullable SslProperties ssl, @Nullable DataSize compressAbove, ObjectProvider<SslBundles> bundles) {
        NettyTransportBuilder builder = NettyTransport.builder();
        if (ssl != null && ssl.bundle() != null) {
            builder.tls(BundleTls.of(ssl, bundles.getObject()));
        }
        if (compressAbove != null) {
            builder.compressAbove(Math.toIntExact(compressAbove.toBytes()));
        }
        return new ConfiguredTransport(builder.build());
    }

    @Override
    public void close() {
        transport.close();
    }
}
