package io.bowline.benchmark.micro;

import io.bowline.benchmark.kit.User;
import io.bowline.benchmark.kit.UserService;
import io.bowline.benchmark.kit.Users;
import io.bowline.rpc.Address;
import io.bowline.rpc.NonBlocking;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.transport.LocalTransport;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * All rooms of client and server, with the local transport in the middle: no socket, but its thread. A call that is
 * waited for alone is mostly the wake-up of two threads; of many under way together, the work remains.
 */
@SuppressWarnings("NullAway.Init") // JMH calls setUp
@State(Scope.Benchmark)
public class CallCost {
    static final int BATCH = 256;

    private LocalTransport transport;
    private RpcServer server;
    private RpcClient client;
    private UserService users;
    private LaterUsers later;

    /** Answers on the I/O thread. */
    @NonBlocking
    private static final class Direct implements LaterUsers {
        private final Users users = new Users();

        @Override
        public CompletableFuture<Boolean> existUser(String email) {
            return CompletableFuture.completedFuture(users.existUser(email));
        }

        @Override
        public CompletableFuture<User> getUser(long id) {
            return CompletableFuture.completedFuture(users.getUser(id));
        }
    }

    @Setup
    public void setUp() {
        transport = new LocalTransport();
        server = RpcServer.builder()
                .transport(transport)
                .listen(new Address("micro", 1))
                .service(UserService.class, new Users())
                .service(LaterUsers.class, new Direct())
                .start();
        client = RpcClient.builder()
                .transport(transport)
                .addresses(new Address("micro", 1))
                .callbackExecutor(Runnable::run)
                .build();
        users = client.proxy(UserService.class);
        later = client.proxy(LaterUsers.class);
    }

    @TearDown
    public void tearDown() {
        client.close();
        server.close();
        transport.close();
    }

    @Benchmark
    public boolean aloneExistUser() {
        return users.existUser(Users.EMAIL);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void togetherExistUser() {
        CompletableFuture<?>[] calls = new CompletableFuture<?>[BATCH];
        for (int i = 0; i < BATCH; i++) {
            calls[i] = later.existUser(Users.EMAIL);
        }
        for (CompletableFuture<?> call : calls) {
            call.join();
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void togetherGetUser() {
        CompletableFuture<?>[] calls = new CompletableFuture<?>[BATCH];
        for (int i = 0; i < BATCH; i++) {
            calls[i] = later.getUser(i);
        }
        for (CompletableFuture<?> call : calls) {
            call.join();
        }
    }
}
