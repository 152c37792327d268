package io.bowline.benchmark.rmi;

import io.bowline.benchmark.kit.Page;
import io.bowline.benchmark.kit.User;
import io.bowline.benchmark.kit.UserClient;
import io.bowline.benchmark.kit.Users;
import java.rmi.RemoteException;

/** One stub, which keeps a connection for each call in flight. */
record RmiClient(RemoteUserService users) implements UserClient {
    @Override
    public boolean existUser(String email) throws RemoteException {
        return users.existUser(email);
    }

    @Override
    public boolean createUser(long id) throws RemoteException {
        return users.createUser(Users.user(id));
    }

    @Override
    public Object getUser(long id) throws RemoteException {
        return users.getUser(id);
    }

    @Override
    public Object listUser(int page) throws RemoteException {
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
        throw new UnsupportedOperationException("java.rmi has no asynchronous calls");
    }

    @Override
    public void close() {
        // Its connections close after they have been idle for a while.
    }
}
