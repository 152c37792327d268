package io.bowline.benchmark.turbo;

import io.bowline.benchmark.kit.Peer;
import io.bowline.benchmark.kit.UserClient;
import java.util.List;
import java.util.Map;
import rpc.turbo.client.TurboClient;
import rpc.turbo.config.HostPort;
import rpc.turbo.config.client.AppConfig;
import rpc.turbo.config.server.ServerConfig;
import rpc.turbo.discover.DirectConnectDiscover;
import rpc.turbo.invoke.ServerInvokerFactory;
import rpc.turbo.server.TurboServer;

/** turbo-rpc, whose services run on the I/O thread. */
abstract class TurboPeer implements Peer {
    private static final String GROUP = "benchmark";
    private static final String APP = "users";

    private final String name;
    private final String serializer;
    private final int connections;

    private TurboPeer(String name, String serializer, int connections) {
        this.name = name;
        this.serializer = serializer;
        this.connections = connections;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        // Nothing but the name of its jar tells the version.
        String jar = TurboServer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        return afterLast('/', jar).replace(".jar", "") + ", " + afterLast('.', serializer) + ", connections: "
                + connections;
    }

    private static String afterLast(char separator, String text) {
        return text.substring(text.lastIndexOf(separator) + 1);
    }

    @Override
    public AutoCloseable serve(int port) throws InterruptedException {
        ServerConfig config = new ServerConfig(GROUP, APP);
        config.setSerializer(serializer);
        TurboServer server = new TurboServer(config, new ServerInvokerFactory(GROUP, APP));
        server.registerService(Map.of(TurboUserService.class, new TurboUsers()));
        server.startRpcServer(loopback(port));
        return server;
    }

    @Override
    public UserClient connect(int port) {
        DirectConnectDiscover server = new DirectConnectDiscover();
        server.init(List.of(loopback(port)));
        AppConfig config = new AppConfig();
        config.setGroup(GROUP);
        config.setApp(APP);
        config.setSerializer(serializer);
        config.setConnectPerServer(connections);
        config.setDiscover(server);
        TurboClient client = new TurboClient();
        client.addConnect(config);
        return new TurboUserClient(client);
    }

    private static HostPort loopback(int port) {
        return new HostPort("127.0.0.1", port);
    }

    /** As it comes. */
    public static final class Default extends TurboPeer {
        public Default() {
            super("turbo", "rpc.turbo.serialization.protostuff.ProtostuffSerializer", 1);
        }
    }

    /** As its author measures it. */
    public static final class Tuned extends TurboPeer {
        public Tuned() {
            super("turbo-kryo-4", "rpc.turbo.serialization.kryo.KryoSerializer", 4);
        }
    }
}
