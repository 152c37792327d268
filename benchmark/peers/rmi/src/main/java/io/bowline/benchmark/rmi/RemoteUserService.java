package io.bowline.benchmark.rmi;

import io.bowline.benchmark.kit.Page;
import io.bowline.benchmark.kit.User;
import java.rmi.Remote;
import java.rmi.RemoteException;

/** The contract as java.rmi wants it. */
public interface RemoteUserService extends Remote {
    boolean existUser(String email) throws RemoteException;

    boolean createUser(User user) throws RemoteException;

    User getUser(long id) throws RemoteException;

    Page<User> listUser(int page) throws RemoteException;
}
