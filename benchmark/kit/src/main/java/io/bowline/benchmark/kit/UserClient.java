package io.bowline.benchmark.kit;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The four operations, as a user of the framework would call them: arguments are made anew for each call, in the
 * framework's own types where it has some, and answers come back as the framework gives them.
 */
public interface UserClient extends AutoCloseable {
    /** Whether somebody has this address: true for {@link Users#EMAIL}. */
    boolean existUser(String email) throws Exception;

    /** Sends the user of this id, made anew; true if the server took it. */
    boolean createUser(long id) throws Exception;

    /** The user of this id, of {@link User} or the framework's own type. */
    Object getUser(long id) throws Exception;

    /** A page of {@link Users#PAGE} users, of {@link Page} or the framework's own type. */
    Object listUser(int page) throws Exception;

    /** The id of what {@link #getUser} answered. */
    long idOf(Object user);

    /** The number of users of what {@link #listUser} answered. */
    int sizeOf(Object page);

    /** Calls without waiting, as the framework's asynchronous users do. */
    Async async();

    @Override
    void close();

    /** The same four without waiting; {@code done} hears of the answer, or of what went wrong, once. */
    interface Async {
        void existUser(String email, BiConsumer<@Nullable Object, @Nullable Throwable> done);

        void createUser(long id, BiConsumer<@Nullable Object, @Nullable Throwable> done);

        void getUser(long id, BiConsumer<@Nullable Object, @Nullable Throwable> done);

        void listUser(int page, BiConsumer<@Nullable Object, @Nullable Throwable> done);
    }
}
