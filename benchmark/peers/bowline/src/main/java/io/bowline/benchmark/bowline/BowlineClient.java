package io.bowline.benchmark.bowline;

import io.bowline.benchmark.kit.Page;
import io.bowline.benchmark.kit.User;
import io.bowline.benchmark.kit.UserClient;
import io.bowline.benchmark.kit.UserService;
import io.bowline.benchmark.kit.Users;
import io.bowline.rpc.client.RpcClient;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Two proxies of one client. */
@SuppressWarnings("FutureReturnValueIgnored") // the caller hears of failures, too
final class BowlineClient implements UserClient, UserClient.Async {
    private final RpcClient client;
    private final UserService users;
    private final AsyncUserService async;

    BowlineClient(RpcClient client) {
        this.client = client;
        this.users = client.proxy(UserService.class);
        this.async = client.proxy(AsyncUserService.class);
    }

    @Override
    public boolean existUser(String email) {
        return users.existUser(email);
    }

    @Override
    public boolean createUser(long id) {
        return users.createUser(Users.user(id));
    }

    @Override
    public Object getUser(long id) {
        return users.getUser(id);
    }

    @Override
    public Object listUser(int page) {
        return users.listUser(page);
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
        async.existUser(email).whenComplete(done);
    }

    @Override
    public void createUser(long id, BiConsumer<@Nullable Object, @Nullable Throwable> done) {
        async.createUser(Users.user(id)).whenComplete(done);
    }

    @Override
    public void getUser(long id, BiConsumer<@Nullable Object, @Nullable Throwable> done) {
        async.getUser(id).whenComplete(done);
    }

    @Override
    public void listUser(int page, BiConsumer<@Nullable Object, @Nullable Throwable> done) {
        async.listUser(page).whenComplete(done);
    }

    @Override
    public void close() {
        client.close();
    }
}
