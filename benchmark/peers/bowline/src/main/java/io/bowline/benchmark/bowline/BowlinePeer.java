package io.bowline.benchmark.bowline;

import io.bowline.benchmark.kit.Peer;
import io.bowline.benchmark.kit.UserClient;
import io.bowline.benchmark.kit.UserService;
import io.bowline.benchmark.kit.Users;
import io.bowline.rpc.Address;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.server.RpcServer;

/** Bowline over its native protocol with protostuff, as it comes. */
abstract class BowlinePeer implements Peer {
    private final String name;
    private final String handlers;

    private BowlinePeer(String name, String handlers) {
        this.name = name;
        this.handlers = handlers;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "Bowline 0.1.0-SNAPSHOT, defaults, " + handlers;
    }

    @Override
    public AutoCloseable serve(int port) {
        return RpcServer.builder()
                .listen(new Address("127.0.0.1", port))
                .service(UserService.class, users())
                .service(AsyncUserService.class, asyncUsers())
                .start();
    }

    abstract UserService users();

    abstract AsyncUserService asyncUsers();

    @Override
    public UserClient connect(int port) {
        return new BowlineClient(RpcClient.connect("127.0.0.1:" + port));
    }

    /** As it comes: handlers off the I/O thread. */
    public static final class Default extends BowlinePeer {
        public Default() {
            super("bowline", "handlers off the I/O thread");
        }

        @Override
        UserService users() {
            return new Users();
        }

        @Override
        AsyncUserService asyncUsers() {
            return new AsyncUsers(new Users());
        }
    }

    /** Handlers that say that they do not block. */
    public static final class Direct extends BowlinePeer {
        public Direct() {
            super("bowline-direct", "@NonBlocking handlers on the I/O thread");
        }

        @Override
        UserService users() {
            return new DirectUsers(new Users());
        }

        @Override
        AsyncUserService asyncUsers() {
            return new AsyncUsers.Direct(new Users());
        }
    }
}
