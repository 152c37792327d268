package io.bowline.benchmark.grpc;

import io.bowline.benchmark.kit.Peer;
import io.bowline.benchmark.kit.UserClient;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** gRPC-Java over Netty without TLS. */
abstract class GrpcPeer implements Peer {
    private final String name;
    private final String executors;

    private GrpcPeer(String name, String executors) {
        this.name = name;
        this.executors = executors;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "gRPC-Java " + version() + ", Netty, plaintext, protobuf, " + executors;
    }

    private static String version() {
        return Server.class.getPackage().getImplementationVersion();
    }

    @Override
    public AutoCloseable serve(int port) throws IOException {
        NettyServerBuilder builder =
                NettyServerBuilder.forAddress(loopback(port)).addService(new GrpcUsers());
        configure(builder);
        return builder.build().start()::shutdownNow;
    }

    @Override
    public UserClient connect(int port) {
        NettyChannelBuilder builder =
                NettyChannelBuilder.forAddress(loopback(port)).usePlaintext();
        configure(builder);
        return new GrpcClient(builder.build());
    }

    abstract void configure(NettyServerBuilder server);

    abstract void configure(NettyChannelBuilder channel);

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** As it comes: a shared cached thread pool on both sides. */
    public static final class Default extends GrpcPeer {
        public Default() {
            super("grpc", "default executors");
        }

        @Override
        void configure(NettyServerBuilder server) {}

        @Override
        void configure(NettyChannelBuilder channel) {}
    }

    /** Everything on the I/O threads. */
    public static final class Direct extends GrpcPeer {
        public Direct() {
            super("grpc-direct", "directExecutor on both sides");
        }

        @Override
        void configure(NettyServerBuilder server) {
            server.directExecutor();
        }

        @Override
        void configure(NettyChannelBuilder channel) {
            channel.directExecutor();
        }
    }
}
