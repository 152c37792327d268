package io.bowline.benchmark.bowline;

import io.bowline.benchmark.kit.Page;
import io.bowline.benchmark.kit.User;
import io.bowline.benchmark.kit.UserService;
import io.bowline.rpc.NonBlocking;

/** The service on the I/O thread. */
@NonBlocking
record DirectUsers(UserService users) implements UserService {
    @Override
    public boolean existUser(String email) {
        return users.existUser(email);
    }

    @Override
    public boolean createUser(User user) {
        return users.createUser(user);
    }

    @Override
    public User getUser(long id) {
        return users.getUser(id);
    }

    @Override
    public Page<User> listUser(int page) {
        return users.listUser(page);
    }
}
