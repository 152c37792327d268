package io.bowline.benchmark.netty;

import io.bowline.benchmark.kit.Page;
import io.bowline.benchmark.kit.User;
import io.bowline.benchmark.kit.UserClient;
import io.bowline.benchmark.kit.Users;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The four operations over connections that take turns. */
final class NettyClient implements UserClient, UserClient.Async {
    private final EventLoopGroup loops;
    private final ClientConnection[] connections;
    private final AtomicInteger turn = new AtomicInteger();

    NettyClient(EventLoopGroup loops, ClientConnection[] connections) {
        this.loops = loops;
        this.connections = connections;
    }

    private Object call(byte operation, long number, @Nullable Object argument) throws InterruptedException {
        Call call = new Call(operation, number, argument, null);
        connection().offer(call);
        return call.await();
    }

    private ClientConnection connection() {
        return connections.length == 1
                ? connections[0]
                : connections[(turn.getAndIncrement() & Integer.MAX_VALUE) % connections.length];
    }

    @Override
    public boolean existUser(String email) throws InterruptedException {
        return (boolean) call(Call.EXIST, 0, email);
    }

    @Override
    public boolean createUser(long id) throws InterruptedException {
        return (boolean) call(Call.CREATE, 0, Users.user(id));
    }

    @Override
    public Object getUser(long id) throws InterruptedException {
        return call(Call.GET, id, null);
    }

    @Override
    public Object listUser(int page) throws InterruptedException {
        return call(Call.LIST, page, null);
    }

    @Override
    public long idOf(Object user) {
        return ((User) user).getId();
    }

    @Override
    public int sizeOf(Object page) {
        return ((Page<?>) page).getResult().size();
    }

    @Override
    public Async async() {
        return this;
    }

    @Override
    public void existUser(String email, BiConsumer<@Nullable Object, @Nullable Throwable> done) {
        connection().offer(new Call(Call.EXIST, 0, email, done));
    }

    @Override
    public void createUser(long id, BiConsumer<@Nullable Object, @Nullable Throwable> done) {
        connection().offer(new Call(Call.CREATE, 0, Users.user(id), done));
    }

    @Override
    public void getUser(long id, BiConsumer<@Nullable Object, @Nullable Throwable> done) {
        connection().offer(new Call(Call.GET, id, null, done));
    }

    @Override
    public void listUser(int page, BiConsumer<@Nullable Object, @Nullable Throwable> done) {
        connection().offer(new Call(Call.LIST, page, null, done));
    }

    @Override
    public void close() {
        Engine.end(loops);
    }
}
