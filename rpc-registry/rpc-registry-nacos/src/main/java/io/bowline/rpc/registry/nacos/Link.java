package io.bowline.rpc.registry.nacos;

import com.alibaba.nacos.api.exception.NacosException;
import com.alibaba.nacos.api.naming.NamingService;
import com.alibaba.nacos.api.naming.pojo.ListView;
import io.bowline.rpc.discovery.RegistryStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to Nacos and its upkeep. All of it runs on one thread, which may block for seconds on a server that is
 * away; so nothing else in this package ever waits for Nacos.
 *
 * <p>Every 5 seconds a small question goes to the server. Its answer is what {@link #status} tells; the client's own idea
 * of its health is not asked for, as it blocks and takes an open HTTP port for a working connection. After each answer
 * offers and watches are settled, which does nothing where nothing changed, and every half minute the registrations are
 * looked up. Without an answer the question is repeated with growing pauses up to 5 seconds, each shortened by up to half
 * at random, so that many clients of a restarted server do not come back at one moment.
 */
final class Link {
    private static final Logger log = LoggerFactory.getLogger(NacosRegistry.class);

    private static final long PAUSE_MILLIS = 5_000;
    private static final long FIRST_RETRY_MILLIS = 250;
    private static final int ANSWERS_PER_CHECK = 6;

    /** How long losses are held back after an outage; see {@link Watches}. */
    private static final long SETTLE_MILLIS = 10_000;

    private static final int PAGE = 500;
    private static final int MOST_PAGES = 20;

    private final NacosOptions options;
    private final Offers offers;
    private final Watches watches;
    private final ScheduledExecutorService desk;

    // On the desk's thread only.
    private @Nullable NacosClient client;
    private int failures;
    private int answers;
    private boolean lostBefore;
    private boolean settling;
    private long settlingSince;

    /** Written on the desk's thread, read by anyone. */
    private volatile RegistryStatus status;

    Link(NacosOptions options, Offers offers, Watches watches, ScheduledExecutorService desk) {
        this.options = options;
        this.offers = offers;
        this.watches = watches;
        this.desk = desk;
        this.status = new RegistryStatus(options.toString(), false, null);
    }

    RegistryStatus status() {
        return status;
    }

    /** Asks, settles, and comes again. */
    void run() {
        ask();
        later(this::run, pauseMillis());
    }

    private long pauseMillis() {
        long pause = failures == 0 ? PAUSE_MILLIS : Math.min(PAUSE_MILLIS, FIRST_RETRY_MILLIS << Math.min(failures, 8));
        return pause - ThreadLocalRandom.current().nextLong(pause / 2);
    }

    private void ask() {
        try {
            if (client == null) {
                client = NacosClient.create(options);
            }
            client.naming().getServicesOfServer(1, 1, options.group());
            answered();
            if (++answers % ANSWERS_PER_CHECK == 0) {
                offers.verify(client.naming());
            }
            settle(client.naming());
        } catch (NacosException | RuntimeException | LinkageError failed) {
            unanswered(failed);
        }
    }

    private void later(Runnable work, long millis) {
        // Nobody waits for it: our own work catches what Nacos' client throws, LinkageError by a mixed class path
        // included.
        Future<?> unused = desk.schedule(work, millis, TimeUnit.MILLISECONDS);
    }

    private void settle(NamingService naming) throws NacosException {
        offers.settle(naming);
        watches.settle(naming, settling());
    }

    private boolean settling() {
        settling = settling && System.nanoTime() - settlingSince < TimeUnit.MILLISECONDS.toNanos(SETTLE_MILLIS);
        return settling;
    }

    /** Settles what has just been asked for; does nothing while Nacos is away, since then all is settled on its return. */
    void settleSoon() {
        whileReachable(this::settle);
    }

    /** Looks at one service again. */
    void look(Watches.Watched watched) {
        whileReachable(naming -> watches.settle(naming, watched, settling()));
    }

    private void whileReachable(Work work) {
        if (client != null && status.reachable()) {
            try {
                work.with(client.naming());
            } catch (NacosException | RuntimeException | LinkageError failed) {
                unanswered(failed);
            }
        }
    }

    private void answered() {
        boolean returned = !status.reachable();
        failures = 0;
        status = new RegistryStatus(status.description(), true, Instant.now());
        if (!returned) {
            return;
        }
        log.info("{} answers", options);
        if (lostBefore) {
            settling = true;
            settlingSince = System.nanoTime();
            offers.forgotten();
            later(this::settleSoon, SETTLE_MILLIS + 1);
        }
    }

    private void unanswered(Throwable failed) {
        failures++;
        if (status.reachable() || (failures == 1 && status.lastAnswer() == null)) {
            log.warn(
                    "{} cannot be used now; what was told stands, registrations are kept until it can: {}",
                    options,
                    reason(failed));
        }
        lostBefore = status.lastAnswer() != null;
        status = new RegistryStatus(status.description(), false, status.lastAnswer());
    }

    private static @Nullable String reason(Throwable failed) {
        return failed instanceof NacosException told ? told.getErrMsg() : failed.toString();
    }

    /** The services of our group. Blocks. */
    List<String> services() throws NacosException {
        if (client == null || !status.reachable()) {
            throw new NacosException(NacosException.CLIENT_DISCONNECT, "not connected");
        }
        List<String> names = new ArrayList<>();
        for (int page = 1; page <= MOST_PAGES; page++) {
            ListView<String> found = client.naming().getServicesOfServer(page, PAGE, options.group());
            names.addAll(found.getData());
            if (found.getData().size() < PAGE) {
                break;
            }
        }
        return names.stream().distinct().sorted().toList();
    }

    /** Takes back what was registered and ends the connection. */
    void end() {
        if (client == null) {
            return;
        }
        if (status.reachable()) {
            offers.withdraw(client.naming());
        }
        client.close();
        client = null;
        status = new RegistryStatus(status.description(), false, status.lastAnswer());
    }

    private interface Work {
        void with(NamingService naming) throws NacosException;
    }
}
