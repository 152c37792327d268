package io.bowline.benchmark.feign;

import io.bowline.benchmark.kit.Page;
import io.bowline.benchmark.kit.User;
import io.bowline.benchmark.kit.UserClient;
import io.bowline.benchmark.kit.Users;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;

/** A proxy, and the HTTP client below it. */
record FeignClient(HttpUserService users, CloseableHttpClient http) implements UserClient {
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
        throw new UnsupportedOperationException("Feign's asynchronous client is an experiment");
    }

    @Override
    public void close() {
        try {
            http.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
