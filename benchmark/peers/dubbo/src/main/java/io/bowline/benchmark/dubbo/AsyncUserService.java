package io.bowline.benchmark.dubbo;

import io.bowline.benchmark.kit.Page;
import io.bowline.benchmark.kit.User;
import java.util.concurrent.CompletableFuture;

/** The contract of callers that do not wait. */
public interface AsyncUserService {
    CompletableFuture<Boolean> existUser(String email);

    CompletableFuture<Boolean> createUser(User user);

    CompletableFuture<User> getUser(long id);

    CompletableFuture<Page<User>> listUser(int page);
}
