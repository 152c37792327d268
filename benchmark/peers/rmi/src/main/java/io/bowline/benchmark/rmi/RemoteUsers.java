package io.bowline.benchmark.rmi;

import io.bowline.benchmark.kit.Page;
import io.bowline.benchmark.kit.User;
import io.bowline.benchmark.kit.UserService;

/** The service; java.rmi calls it on a thread a connection. */
record RemoteUsers(UserService users) implements RemoteUserService {
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
