package io.bowline.rpc.registry.nacos;

import com.alibaba.nacos.api.NacosFactory;
import com.alibaba.nacos.api.config.ConfigService;
import com.alibaba.nacos.api.config.listener.Listener;
import com.alibaba.nacos.api.exception.NacosException;
import io.bowline.rpc.route.RuleFeed;
import io.bowline.rpc.route.RuleFormat;
import io.bowline.rpc.route.RuleSet;
import io.bowline.rpc.route.RuleSource;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rules in one configuration of Nacos, {@value #DATA_ID} in the group of the options; so Nacos' console is where they are
 * written, compared and rolled back. While Nacos is away or the configuration is deleted, what it last said stands.
 * Connecting returns at once; until the first answer there are no rules of this source.
 *
 * <p>Nacos' client keeps a copy of what it reads in {@code nacos/config} below the user's home, or where the system
 * property {@code JM.SNAPSHOT.PATH} says, and answers from it where Nacos is away when the application starts.
 */
public final class NacosRuleSource implements RuleSource {
    /** The configuration's name in Nacos. */
    public static final String DATA_ID = "bowline-rules";

    private static final Logger log = LoggerFactory.getLogger(NacosRuleSource.class);
    private static final long ANSWER_MILLIS = 3_000;
    private static final long PAUSE_MILLIS = 5_000;

    private final NacosOptions options;
    private final RuleFeed feed;
    private final ScheduledThreadPoolExecutor desk;
    private final AtomicBoolean closed = new AtomicBoolean();

    // On the desk's thread only.
    private @Nullable ConfigService service;
    private boolean complained;

    private NacosRuleSource(NacosOptions options, RuleFormat format) {
        this.options = options;
        feed = new RuleFeed(options + "&dataId=" + DATA_ID, format);
        desk = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "bowline-nacos-rules");
            thread.setDaemon(true);
            return thread;
        });
        desk.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        desk.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Begins to connect, with a connection of its own, for rules in the only notation on the class path. */
    public static NacosRuleSource connect(NacosOptions options) {
        return connect(options, RuleFormat.found());
    }

    /** Begins to connect, with a connection of its own. */
    public static NacosRuleSource connect(NacosOptions options, RuleFormat format) {
        NacosRuleSource source = new NacosRuleSource(options, format);
        source.desk.execute(source::ask);
        return source;
    }

    /** Listens and asks until there is an answer; what changes after that comes to the listener, behind it at the desk. */
    private void ask() {
        try {
            if (service == null) {
                ConfigService made = NacosFactory.createConfigService(NacosClient.properties(options));
                made.addListener(DATA_ID, options.group(), new Changes());
                service = made;
            }
            told(service.getConfig(DATA_ID, options.group(), ANSWER_MILLIS));
        } catch (NacosException | RuntimeException | LinkageError failed) {
            if (!complained) {
                log.warn("{} cannot be asked for rules now; tried again until it can: {}", options, failed.toString());
            }
            complained = true;
            Future<?> unused = desk.schedule(this::ask, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void told(@Nullable String text) {
        if (text != null) {
            feed.told(text);
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

    /** Ends the watches at once, and the connection soon. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            feed.close();
            desk.execute(this::end);
            desk.shutdown();
        }
    }

    private void end() {
        if (service != null) {
            try {
                service.shutDown();
            } catch (NacosException | RuntimeException failed) {
                log.debug("The Nacos client did not shut down cleanly", failed);
            }
        }
    }

    /** What Nacos' client tells, at the desk. */
    private final class Changes implements Listener {
        @Override
        public Executor getExecutor() {
            return desk;
        }

        @Override
        public void receiveConfigInfo(@Nullable String text) {
            told(text);
        }
    }
}
