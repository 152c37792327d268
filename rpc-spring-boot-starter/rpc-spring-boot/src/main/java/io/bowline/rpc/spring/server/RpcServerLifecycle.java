package io.bowline.rpc.spring.server;

import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.server.RpcServer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the server as long as the context runs. It starts when all beans are there and the web server listens, and it is
 * drained before the web server shuts down and before any bean is destroyed; the application is not ready from then on.
 * A context without services has no server. May be started again.
 *
 * <p>Two threads: {@code bowline-serving}, which is no daemon, keeps an application alive that has nothing but services;
 * {@code bowline-draining} waits for the server's end.
 */
public final class RpcServerLifecycle implements SmartLifecycle {
    /** Later than the web server, which starts at 2,048 below the default and shuts down at 1,024 below. */
    public static final int PHASE = DEFAULT_PHASE - 512;

    private final ServiceBeans services;
    private final ServerAssembly assembly;
    private final Supplier<List<Registry>> registries;
    private final Consumer<RpcServer> listener;
    private final ApplicationContext context;

    private volatile boolean refused;
    private volatile @Nullable RpcServer server;

    /**
     * A life to begin.
     *
     * @param services what is offered
     * @param assembly makes the server
     * @param registries where it registers, asked for at each start
     * @param listener hears of each server that has started, before the start is over
     * @param context whose life it shares
     */
    public RpcServerLifecycle(
            ServiceBeans services,
            ServerAssembly assembly,
            Supplier<List<Registry>> registries,
            Consumer<RpcServer> listener,
            ApplicationContext context) {
        this.services = services;
        this.assembly = assembly;
        this.registries = registries;
        this.listener = listener;
        this.context = context;
    }

    @Override
    public void start() {
        List<ServiceBean> found = services.find();
        if (server != null || found.isEmpty()) {
            return;
        }
        RpcServer started = assembly.of(found, registries.get()).start();
        server = started;
        listener.accept(started);
        if (refused) {
            refused = false;
            AvailabilityChangeEvent.publish(context, started, ReadinessState.ACCEPTING_TRAFFIC);
        }
        new Thread(() -> await(started), "bowline-serving").start();
    }

    private static void await(RpcServer server) {
        try {
            server.awaitTermination();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        RpcServer running = server;
        if (running != null) {
            refused = true;
            AvailabilityChangeEvent.publish(context, running, ReadinessState.REFUSING_TRAFFIC);
            running.close();
            server = null;
        }
    }

    @Override
    public void stop(Runnable callback) {
        if (server == null) {
            callback.run();
            return;
        }
        Runnable drain = () -> {
            try {
                stop();
            } finally {
                callback.run();
            }
        };
        new Thread(drain, "bowline-draining").start();
    }

    @Override
    public boolean isRunning() {
        return server != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** The running server; null where there are no services, before the start and after the end. */
    public @Nullable RpcServer server() {
        return server;
    }
}
