package io.bowline.benchmark.dubbo;

import io.bowline.benchmark.kit.Page;
import io.bowline.benchmark.kit.User;
import io.bowline.benchmark.kit.UserClient;
import io.bowline.benchmark.kit.UserService;
import io.bowline.benchmark.kit.Users;
import java.util.function.BiConsumer;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;
import org.jspecify.annotations.Nullable;

/** Two references of one application. */
@SuppressWarnings("FutureReturnValueIgnored") // the caller hears of failures, too
final class DubboClient implements UserClient, UserClient.Async {
    private final DubboBootstrap application;
    private final UserService users;
    private final AsyncUserService async;

    DubboClient(DubboBootstrap application, UserService users, AsyncUserService async) {
        this.application = application;
        this.users = users;
        this.async = async;
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
        application.stop();
    }
}
