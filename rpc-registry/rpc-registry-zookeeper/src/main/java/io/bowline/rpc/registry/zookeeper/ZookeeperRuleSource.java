package io.bowline.rpc.registry.zookeeper;

import io.bowline.rpc.route.RuleFeed;
import io.bowline.rpc.route.RuleFormat;
import io.bowline.rpc.route.RuleSet;
import io.bowline.rpc.route.RuleSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * Rules in the value of one node of ZooKeeper, {@code rules} in the namespace: {@code /bowline/rules}. Whoever may change
 * that node rules this client; with credentials, nobody else should be able to. While ZooKeeper is away or the node is
 * missing, what it last said stands. Connecting returns at once; until the first answer there are no rules of this source.
 */
public final class ZookeeperRuleSource implements RuleSource {
    private static final Duration GOODBYE = Duration.ofSeconds(3);

    private final RuleFeed feed;
    private final String path;
    private final Session session;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** The same one always: ZooKeeper tells each watcher of a node once, however often it was set. */
    private final Watcher watcher = this::changed;

    private ZookeeperRuleSource(ZookeeperOptions options, RuleFormat format) {
        path = new Layout(options.namespace()).rules();
        feed = new RuleFeed(options + "/rules", format);
        session = new Session(options, new Session.Listener() {
            @Override
            public void connected() {
                read();
            }

            @Override
            public void check() {}
        });
    }

    /** Begins to connect, with a connection of its own, for rules in the only notation on the class path. */
    public static ZookeeperRuleSource connect(ZookeeperOptions options) {
        return connect(options, RuleFormat.found());
    }

    /** Begins to connect, with a connection of its own. */
    public static ZookeeperRuleSource connect(ZookeeperOptions options, RuleFormat format) {
        ZookeeperRuleSource source = new ZookeeperRuleSource(options, format);
        source.session.open();
        return source;
    }

    /** The watch is set before the value is read, so that no change falls between. */
    private void read() {
        session.exists(path, watcher, this::found);
    }

    private void changed(WatchedEvent event) {
        if (event.getType() != Watcher.Event.EventType.None && !closed.get()) {
            session.execute(this::read);
        }
    }

    private void found(Code code, @Nullable Stat stat) {
        if (code == Code.OK) {
            session.data(path, (answer, data) -> {
                if (data != null) {
                    feed.told(new String(data, StandardCharsets.UTF_8));
                }
            });
        }
    }

    @Override
    public Watch watch(Consumer<RuleSet> listener) {
        return feed.watch(listener);
    }

    @Override
    public String description() {
        return feed.description();
    }

    /** Ends the watches and the connection; waits up to three seconds for that. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            feed.close();
            session.close(GOODBYE);
        }
    }
}
