package io.bowline.benchmark.kit;

/** The contract, for frameworks that take a plain interface. */
public interface UserService {
    boolean existUser(String email);

    boolean createUser(User user);

    User getUser(long id);

    Page<User> listUser(int page);
}
