package io.bowline.rpc.registry.zookeeper;

import io.bowline.rpc.Code;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.RetryPolicy;
import org.apache.curator.RetrySleeper;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to ZooKeeper, and the one thread on which the registry thinks.
 *
 * <p>Curator keeps the session: it makes a new one when the old one is lost, and says how things stand. Questions go to
 * ZooKeeper's own asynchronous calls instead of Curator's, because nothing here wants Curator's retries: they begin
 * again with each connection, wait within Curator while there is none, and log each failure as an error.
 *
 * <p>The rule that keeps the rest simple: <i>an answer arrives only while the connection that carried its question
 * stands.</i> Answers of a lost connection are dropped, and {@link Listener#connected} asks everything again. So nobody
 * else treats connection loss. Questions of one session are carried out in the order in which they were asked, and that
 * is used: parents are created and an instance written in one go, without waiting in between.
 *
 * <p>Answers, watch events and state changes hop to the registry's thread at once; ZooKeeper's event thread does nothing
 * else.
 */
final class Session {
    private static final Logger log = LoggerFactory.getLogger(ZookeeperRegistry.class);
    private static final AtomicInteger number = new AtomicInteger();
    private static final Duration TICK = Duration.ofSeconds(5);

    private final ZookeeperOptions options;
    private final Listener listener;
    private final ScheduledThreadPoolExecutor thread;
    private final CuratorFramework curator;
    private final List<ACL> acl;

    // Written on the registry's thread only; volatile for status().
    private volatile @Nullable ZooKeeper connected;
    private volatile @Nullable Instant lastAnswer;

    // Confined to the registry's thread.
    private long epoch;
    private boolean dropped;
    private @Nullable Future<?> ticking;

    Session(ZookeeperOptions options, Listener listener) {
        this.options = options;
        this.listener = listener;
        int id = number.incrementAndGet();
        AtomicInteger others = new AtomicInteger();
        this.thread = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "bowline-zookeeper-" + id));
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        CuratorFrameworkFactory.Builder builder = CuratorFrameworkFactory.builder()
                .connectString(options.connectString())
                .sessionTimeoutMs(Math.toIntExact(options.sessionTimeout().toMillis()))
                // Waiting for longer than a session lasts is in vain, and Curator warns of it.
                .connectionTimeoutMs(Math.toIntExact(Math.min(
                        options.connectTimeout().toMillis(),
                        options.sessionTimeout().toMillis())))
                .retryPolicy(new NoRetry())
                .ensembleTracker(false)
                .threadFactory(task -> daemon(task, "bowline-zookeeper-" + id + "-curator-" + others.incrementAndGet()))
                .runSafeService(thread);
        String credentials = options.credentials();
        if (credentials != null) {
            builder.authorization("digest", credentials.getBytes(StandardCharsets.UTF_8));
        }
        this.acl = credentials == null ? ZooDefs.Ids.OPEN_ACL_UNSAFE : ZooDefs.Ids.CREATOR_ALL_ACL;
        this.curator = builder.build();
    }

    private static Thread daemon(Runnable task, String name) {
        Thread made = new Thread(task, name);
        made.setDaemon(true);
        return made;
    }

    /** Begins to connect, and goes on for good. Returns at once. */
    void open() {
        long jitter = ThreadLocalRandom.current().nextLong(TICK.toMillis());
        execute(() -> {
            curator.getConnectionStateListenable().addListener((client, state) -> execute(() -> changed(state)));
            curator.start();
            ticking = thread.scheduleWithFixedDelay(
                    () -> guarded(this::tick), jitter, TICK.toMillis(), TimeUnit.MILLISECONDS);
            schedule(options.connectTimeout(), this::tellSilence);
        });
    }

    private void tellSilence() {
        if (lastAnswer == null) {
            log.warn(
                    "{} {} has not answered for {} ms; the application goes on, registrations and watches are carried out"
                            + " when it does; check that it runs and that the address is right",
                    Code.REGISTRY_UNREACHABLE.label(),
                    options,
                    options.connectTimeout().toMillis());
        }
    }

    private void changed(ConnectionState state) {
        switch (state) {
            case CONNECTED, RECONNECTED -> connect();
            default -> {
                if (connected != null) {
                    connected = null;
                    epoch++;
                    log.warn(
                            "{} is lost; what it last told stands, and registrations are renewed when it is back",
                            options);
                }
            }
        }
    }

    private void connect() {
        boolean away = connected == null;
        try {
            connected = curator.getZookeeperClient().getZooKeeper();
        } catch (Exception notYet) {
            // Curator keeps what befell it in the background and throws it here once; the next tick asks again.
            dropped = true;
            return;
        }
        epoch++;
        dropped = false;
        if (away) {
            log.info("{} is {}", options, lastAnswer == null ? "connected" : "back");
        }
        lastAnswer = Instant.now();
        listener.connected();
    }

    /** Looks after what no event announces: answers that were lost between two connections, and nodes of ours. */
    private void tick() {
        if (dropped && curator.getZookeeperClient().isConnected()) {
            connect();
        } else if (connected != null) {
            exists("/", null, (code, stat) -> {});
            listener.check();
        }
    }

    /** Runs on the registry's thread; after the end, never. What is thrown there is logged and ends nothing. */
    void execute(Runnable task) {
        try {
            thread.execute(() -> guarded(task));
        } catch (RejectedExecutionException closed) {
            log.trace("{} is closed", options, closed);
        }
    }

    void schedule(Duration delay, Runnable task) {
        if (!thread.isShutdown()) {
            Future<?> unused = thread.schedule(() -> guarded(task), delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error defect) {
            log.error("{}: an unexpected failure", options, defect);
        }
    }

    /** The session's id, which new ephemeral nodes belong to; 0 while there is no connection. */
    long id() {
        ZooKeeper zookeeper = connected;
        return zookeeper == null ? 0 : zookeeper.getSessionId();
    }

    /** ZooKeeper's own handle of this moment, for tests that do to it what a network does. */
    @Nullable
    ZooKeeper handle() {
        return connected;
    }

    boolean reachable() {
        return connected != null;
    }

    @Nullable
    Instant lastAnswer() {
        return lastAnswer;
    }

    void children(String path, @Nullable Watcher watcher, Answer<List<String>> answer) {
        ZooKeeper zookeeper = connected;
        if (zookeeper != null) {
            long asked = epoch;
            zookeeper.getChildren(path, watcher, (rc, at, context, children) -> hop(asked, rc, answer, children), null);
        }
    }

    void data(String path, Answer<byte[]> answer) {
        ZooKeeper zookeeper = connected;
        if (zookeeper != null) {
            long asked = epoch;
            zookeeper.getData(path, false, (rc, at, context, data, stat) -> hop(asked, rc, answer, data), null);
        }
    }

    void exists(String path, @Nullable Watcher watcher, Answer<Stat> answer) {
        ZooKeeper zookeeper = connected;
        if (zookeeper != null) {
            long asked = epoch;
            zookeeper.exists(path, watcher, (rc, at, context, stat) -> hop(asked, rc, answer, stat), null);
        }
    }

    void create(String path, byte[] value, CreateMode mode, Answer<String> answer) {
        ZooKeeper zookeeper = connected;
        if (zookeeper != null) {
            long asked = epoch;
            zookeeper.create(path, value, acl, mode, (rc, at, context, name) -> hop(asked, rc, answer, name), null);
        }
    }

    /** Deletes a node in one version; -1 stands for any. */
    void delete(String path, int version, Answer<String> answer) {
        ZooKeeper zookeeper = connected;
        if (zookeeper != null) {
            long asked = epoch;
            zookeeper.delete(path, version, (rc, at, context) -> hop(asked, rc, answer, at), null);
        }
    }

    /** ZooKeeper's event thread comes in here and leaves again. */
    private <T> void hop(long asked, int number, Answer<T> answer, @Nullable T value) {
        KeeperException.Code code = KeeperException.Code.get(number);
        execute(() -> {
            boolean lost = code == null
                    || switch (code) {
                        case CONNECTIONLOSS, OPERATIONTIMEOUT, REQUESTTIMEOUT, SESSIONEXPIRED, SESSIONMOVED -> true;
                        default -> false;
                    };
            if (lost || asked != epoch) {
                dropped |= asked == epoch;
                return;
            }
            lastAnswer = Instant.now();
            answer.take(code, value);
        });
    }

    /**
     * Ends the session, with which the server removes our ephemeral nodes at once, and all threads. Waits until that is
     * done, at most for the time given.
     */
    void close(Duration atMost) {
        execute(() -> {
            connected = null;
            epoch++;
            if (ticking != null) {
                ticking.cancel(false);
            }
            try {
                curator.close();
            } finally {
                thread.shutdown();
            }
        });
        try {
            if (!thread.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn(
                        "{} did not say goodbye within {} ms; its nodes go when the session ends",
                        options,
                        atMost.toMillis());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The registry's URI, for log lines. */
    @Override
    public String toString() {
        return options.toString();
    }

    /** Told on the registry's thread. */
    interface Listener {
        /** There is a connection, maybe with a new session: ask everything again. */
        void connected();

        /** Some seconds went by. */
        void check();
    }

    /** Takes an answer on the registry's thread. The value is null unless the code is OK. */
    @FunctionalInterface
    interface Answer<T> {
        void take(KeeperException.Code code, @Nullable T value);
    }

    /** See the class comment. */
    private static final class NoRetry implements RetryPolicy {
        @Override
        public boolean allowRetry(int count, long elapsedMillis, RetrySleeper sleeper) {
            return false;
        }

        @Override
        public boolean allowRetry(Throwable failure) {
            return false;
        }
    }
}
