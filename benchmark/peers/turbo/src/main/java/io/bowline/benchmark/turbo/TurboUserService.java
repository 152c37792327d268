package io.bowline.benchmark.turbo;

import io.bowline.benchmark.kit.Page;
import io.bowline.benchmark.kit.User;
import java.util.concurrent.CompletableFuture;
import rpc.turbo.annotation.TurboService;

/** The contract as turbo-rpc wants it: futures only. */
@TurboService(version = "1.0.0")
public interface TurboUserService {
    CompletableFuture<Boolean> existUser(String email);

    CompletableFuture<Boolean> createUser(User user);

    CompletableFuture<User> getUser(long id);

    CompletableFuture<Page<User>> listUser(int page);
}
