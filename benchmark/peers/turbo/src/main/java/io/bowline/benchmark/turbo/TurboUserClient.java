package io.bowline.benchmark.turbo;

import io.bowline.benchmark.kit.Page;
import io.bowline.benchmark.kit.User;
import io.bowline.benchmark.kit.UserClient;
import io.bowline.benchmark.kit.Users;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import rpc.turbo.client.TurboClient;

/** One proxy; to wait is to join. */
@SuppressWarnings("FutureReturnValueIgnored") // the caller hears of failures, too
final class TurboUserClient implements UserClient, UserClient.Async {
    private final TurboClient client;
    private final TurboUserService users;

    TurboUserClient(TurboClient client) {
        this.client = client;
        client.register(TurboUserService.class);
        this.users = client.getService(TurboUserService.class);
    }

    @Override
    public boolean existUser(String email) {
        return users.existUser(email).join();
    }

    @Override
    public boolean createUser(long id) {
        return users.createUser(Users.user(id)).join();
    }

    @Override
    public Object getUser(long id) {
        return users.getUser(id).join();
    }

    @Override
    public Object listUser(int page) {
        return users.listUser(page).join();
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
        users.existUser(email).whenComplete(done);
    }

    @Override
    public void createUser(long id, BiConsumer<@Nullable Object, @Nullable Throwable> done) {
        users.createUser(Users.user(id)).whenComplete(done);
    }

    @Override
    public void getUser(long id, BiConsumer<@Nullable Object, @Nullable Throwable> done) {
        users.getUser(id).whenComplete(done);
    }

    @Override
    public void listUser(int page, BiConsumer<@Nullable Object, @Nullable Throwable> done) {
        users.listUser(page).whenComplete(done);
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
