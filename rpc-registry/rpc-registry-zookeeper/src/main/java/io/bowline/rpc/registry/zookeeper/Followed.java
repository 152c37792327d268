package io.bowline.rpc.registry.zookeeper;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;

/**
 * The children of one node, followed: read, with a watch, when it starts, when the watch fires and after each connection.
 * A node that does not exist has no children, and a watch tells when it appears. Confined to the registry's thread.
 */
final class Followed implements Watcher {
    /** The most children that are taken in; the first by name, so that all consumers take the same. */
    static final int MAX_CHILDREN = 10_000;

    private final Session session;
    private final String path;
    private final Reader reader;
    private final Complaints complaints = new Complaints();
    private final Backoff backoff = new Backoff();

    private boolean over;
    private boolean waiting;

    Followed(Session session, String path, Reader reader) {
        this.session = session;
        this.path = path;
        this.reader = reader;
    }

    /** Reads the children. Without a connection, nothing: each new connection calls this. */
    void read() {
        if (over) {
            return;
        }
        session.children(path, this, (code, children) -> {
            if (code == Code.OK && children != null) {
                backoff.reset();
                tell(children);
            } else if (code == Code.NONODE) {
                awaitAppearance();
            } else {
                fail(code);
            }
        });
    }

    private void awaitAppearance() {
        session.exists(path, this, (code, stat) -> {
            switch (code) {
                case OK -> read();
                case NONODE -> tell(List.of());
                default -> fail(code);
            }
        });
    }

    private void tell(List<String> children) {
        if (over) {
            return;
        }
        if (children.size() <= MAX_CHILDREN) {
            reader.children(new HashSet<>(children));
            return;
        }
        complaints.warn(
                session.toString(),
                path + " has " + children.size() + " children (expected: at most " + MAX_CHILDREN
                        + "); the first are taken, the others are not");
        TreeSet<String> first = new TreeSet<>(children);
        while (first.size() > MAX_CHILDREN) {
            first.pollLast();
        }
        reader.children(first);
    }

    private void fail(Code code) {
        complaints.warn(session.toString(), "cannot read the children of " + path + " (" + code + "); trying again");
        if (!waiting) {
            waiting = true;
            session.schedule(backoff.next(), () -> {
                waiting = false;
                read();
            });
        }
    }

    @Override
    public void process(WatchedEvent event) {
        // Events without a path tell of the connection, which the session hears of itself.
        if (event.getType() != Event.EventType.None) {
            session.execute(() -> {
                if (!over) {
                    reader.changed();
                }
            });
        }
    }

    /** Ends it. A watch that is left fires once more and is not heard. */
    void end() {
        over = true;
    }

    /** Told on the registry's thread. */
    interface Reader {
        /** Something changed; {@link #read} tells what, if anybody still wants to know. */
        void changed();

        /** All children. */
        void children(Set<String> names);
    }
}
