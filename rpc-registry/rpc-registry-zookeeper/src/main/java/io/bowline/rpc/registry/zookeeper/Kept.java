package io.bowline.rpc.registry.zookeeper;

import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.InstanceText;
import io.bowline.rpc.discovery.Registration;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.data.Stat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance that is kept registered: a loop that compares what stands in ZooKeeper with what should, and mends it.
 *
 * <p>That a node of our name exists says nothing. After a lost session it is most often our own old one, still there
 * because the server has not noticed yet, and it will vanish under our feet when it does. So each look compares the
 * node's owner with the session of this moment; a node of another owner is deleted, in the version that was looked at,
 * and written again. Each look also leaves a watch, so that a deletion by anybody is mended at once; and the registry's
 * tick looks without being told.
 *
 * <p>Confined to the registry's thread, but for {@link #close} and {@link #established}.
 */
final class Kept implements Registration, Watcher {
    private static final Logger log = LoggerFactory.getLogger(ZookeeperRegistry.class);
    private static final byte[] NOTHING = {};
    private static final int ANY_VERSION = -1;

    private final Session session;
    private final Layout layout;
    private final Instance instance;
    private final byte[] value;
    private final String path;
    private final Complaints complaints = new Complaints();
    private final Backoff backoff = new Backoff();
    private final Runnable whenGone;

    /** The session that was last seen to own the node; 0 for none. Written on the registry's thread. */
    private volatile long owner;

    private boolean closed;
    private boolean told;
    private boolean waiting;
    private boolean replacing;
    private boolean checking;

    Kept(Session session, Layout layout, Instance instance, Runnable whenGone) {
        this.session = session;
        this.layout = layout;
        this.instance = instance;
        this.value = InstanceText.encode(instance);
        this.path = layout.instance(instance);
        this.whenGone = whenGone;
    }

    /** Brings ZooKeeper in line; without a connection, nothing, since each new connection calls this. */
    void reconcile() {
        replacing = false;
        if (closed) {
            remove();
        } else if (told) {
            look();
        } else {
            write();
        }
    }

    /** A session that another has replaced takes the node with it. */
    @Override
    public boolean established() {
        long seen = owner;
        long now = session.id();
        return seen != 0 && (now == 0 || now == seen);
    }

    private void write() {
        owner = 0;
        for (String parent : layout.persistent(instance)) {
            session.create(parent, NOTHING, CreateMode.PERSISTENT, (code, name) -> {
                if (code != Code.OK && code != Code.NODEEXISTS) {
                    complaints.warn(session.toString(), "cannot create " + parent + " (" + code + ")");
                }
            });
        }
        session.create(path, value, CreateMode.EPHEMERAL, (code, name) -> {
            switch (code) {
                case OK, NODEEXISTS -> look();
                default -> fail("cannot register " + instance.address() + " at " + path + " (" + code + ")");
            }
        });
    }

    private void look() {
        if (closed) {
            return;
        }
        session.exists(path, this, (code, stat) -> {
            if (closed) {
                return;
            }
            if (code == Code.OK && stat != null) {
                found(stat);
            } else if (code == Code.NONODE) {
                write();
            } else {
                fail("cannot look at " + path + " (" + code + ")");
            }
        });
    }

    private void found(Stat stat) {
        if (stat.getEphemeralOwner() != session.id()) {
            owner = 0;
            replacing = true;
            session.delete(path, stat.getVersion(), (code, at) -> {
                replacing = false;
                again();
            });
            return;
        }
        owner = stat.getEphemeralOwner();
        if (checking) {
            checking = false;
            backoff.reset();
        }
        if (!told) {
            told = true;
            log.info("{}: registered {} as {}", session, instance.address(), path);
        }
    }

    /** Writes after a delay that grows while it has to be done often: two processes with one id must not race. */
    private void again() {
        checking = false;
        if (!closed && !waiting) {
            waiting = true;
            session.schedule(backoff.next(), () -> {
                waiting = false;
                if (!closed) {
                    write();
                }
            });
        }
    }

    private void fail(String problem) {
        complaints.warn(session.toString(), problem + "; trying again");
        again();
    }

    /** The tick. Only a node that it finds in order ends the backoff: one just written may be gone the next moment. */
    void check() {
        if (!waiting) {
            checking = true;
            reconcile();
        }
    }

    @Override
    public void process(WatchedEvent event) {
        if (event.getType() == Event.EventType.NodeDeleted) {
            session.execute(this::deleted);
        }
    }

    private void deleted() {
        if (!closed && !replacing && session.reachable()) {
            owner = 0;
            complaints.warn(session.toString(), path + " was deleted, not by us; registering again");
            again();
        }
    }

    /** Returns at once; the node goes as soon as ZooKeeper can be reached. */
    @Override
    public void close() {
        session.execute(() -> {
            if (!closed) {
                closed = true;
                remove();
            }
        });
    }

    private void remove() {
        session.delete(path, ANY_VERSION, (code, at) -> {
            switch (code) {
                case OK, NONODE -> whenGone.run();
                default -> complaints.warn(session.toString(), "cannot remove " + path + " (" + code + ")");
            }
        });
    }
}
