package io.bowline.rpc.spring.server;

import io.bowline.rpc.server.RegisteredInstance;
import io.bowline.rpc.server.RpcServer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Says that an application is not ready, when Spring Boot says it is, as long as its server is not registered: whoever
 * replaces instances one by one then waits for consumers to be able to find the new one. Once registered, a server stays
 * ready while its registry is away, as consumers still have it.
 *
 * <p>One thread while it waits: {@code bowline-registering}.
 */
public final class RegistrationReadiness implements ApplicationListener<AvailabilityChangeEvent<?>>, Ordered {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final RpcServerLifecycle lifecycle;
    private final ApplicationContext context;

    public RegistrationReadiness(RpcServerLifecycle lifecycle, ApplicationContext context) {
        this.lifecycle = lifecycle;
        this.context = context;
    }

    /** After whoever keeps the state, so that the state that is kept is the last. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void onApplicationEvent(AvailabilityChangeEvent<?> event) {
        RpcServer server = lifecycle.server();
        if (server == null
                || event.getState() != ReadinessState.ACCEPTING_TRAFFIC
                || event.getSource() instanceof RpcServer
                || isRegistered(server)) {
            return;
        }
        AvailabilityChangeEvent.publish(context, server, ReadinessState.REFUSING_TRAFFIC);
        Thread waiting = new Thread(() -> await(server), "bowline-registering");
        waiting.setDaemon(true);
        waiting.start();
    }

    private void await(RpcServer server) {
        while (server.state() == RpcServer.State.SERVING) {
            if (isRegistered(server)) {
                AvailabilityChangeEvent.publish(context, server, ReadinessState.ACCEPTING_TRAFFIC);
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static boolean isRegistered(RpcServer server) {
        return server.registrations().stream().allMatch(RegisteredInstance::established);
    }
}
