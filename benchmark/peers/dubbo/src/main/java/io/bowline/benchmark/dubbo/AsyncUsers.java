package io.bowline.benchmark.dubbo;

import io.bowline.benchmark.kit.Page;
import io.bowline.benchmark.kit.User;
import io.bowline.benchmark.kit.UserService;
import java.util.concurrent.CompletableFuture;

/** The service as futures that are done already. */
final class AsyncUsers implements AsyncUserService {
    private final UserService users;

    AsyncUsers(UserService users) {
        this.users = users;
    }

    @Override
    public CompletableFuture<Boolean> existUser(String email) {
        return CompletableFuture.completedFuture(users.existUser(email));
    }

    @Override
    public CompletableFuture<Boolean> createUser(User user) {
        return CompletableFuture.completedFuture(users.createUser(user));
    }

    @Override
    public CompletableFuture<User> getUser(long id) {
        return CompletableFuture.completedFuture(users.getUser(id));
    }

    @Override
    public CompletableFuture<Page<User>> listUser(int page) {
        return CompletableFuture.completedFuture(users.listUser(page));
    }
}
