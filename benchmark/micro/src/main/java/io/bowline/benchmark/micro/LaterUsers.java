package io.bowline.benchmark.micro;

import io.bowline.benchmark.kit.User;
import java.util.concurrent.CompletableFuture;

/** The contract of callers that do not wait. */
public interface LaterUsers {
    CompletableFuture<Boolean> existUser(String email);

    CompletableFuture<User> getUser(long id);
}
