package io.bowline.benchmark.rmi;

import io.bowline.benchmark.kit.Peer;
import io.bowline.benchmark.kit.UserClient;
import io.bowline.benchmark.kit.Users;
import java.rmi.NotBoundException;
import java.rmi.RemoteException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.UnicastRemoteObject;

/** What the JDK has. Its registry and the service share the port. */
public final class RmiPeer implements Peer {
    private static final String SERVICE = "users";

    @Override
    public String name() {
        return "rmi";
    }

    @Override
    public String description() {
        return "java.rmi, Java serialization, a connection and a server thread for each call in flight";
    }

    @Override
    public boolean async() {
        return false;
    }

    @Override
    public AutoCloseable serve(int port) throws RemoteException {
        LoopbackSockets sockets = new LoopbackSockets(port);
        RemoteUsers users = new RemoteUsers(new Users());
        Registry registry = LocateRegistry.createRegistry(port, sockets, sockets);
        registry.rebind(SERVICE, UnicastRemoteObject.exportObject(users, port, sockets, sockets));
        return () -> {
            UnicastRemoteObject.unexportObject(users, true);
            UnicastRemoteObject.unexportObject(registry, true);
        };
    }

    @Override
    public UserClient connect(int port) throws RemoteException, NotBoundException {
        Registry registry = LocateRegistry.getRegistry("127.0.0.1", port, new LoopbackSockets(port));
        LoopbackSockets.LOOKING_UP.set(port);
        try {
            return new RmiClient((RemoteUserService) registry.lookup(SERVICE));
        } finally {
            LoopbackSockets.LOOKING_UP.remove();
        }
    }
}
