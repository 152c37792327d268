package io.bowline.rpc.server;

import io.bowline.rpc.Address;
import io.bowline.rpc.HandlerThreads;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.Registration;
import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.transport.Binding;
import io.bowline.rpc.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers services at one address until it is closed. Thread-safe.
 *
 * <pre>{@code
 * try (var server = RpcServer.builder().port(9000).service(Greeter.class, new GreeterImpl()).start()) {
 *     server.awaitTermination();
 * }
 * }</pre>
 */
public final class RpcServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RpcServer.class);

    private final ServerOptions options;
    private final Binding binding;
    private final AutoCloseable ownTransport;
    private final @Nullable ExecutorService ownHandlers;
    private final List<Registration> registrations;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final CountDownLatch terminated = new CountDownLatch(1);

    private RpcServer(
            ServerOptions options,
            Binding binding,
            AutoCloseable ownTransport,
            @Nullable ExecutorService ownHandlers,
            List<Registration> registrations) {
        this.options = options;
        this.binding = binding;
        this.ownTransport = ownTransport;
        this.ownHandlers = ownHandlers;
        this.registrations = registrations;
    }

    public static RpcServerBuilder builder() {
        return new RpcServerBuilder();
    }

    /** Assembles, listens, and registers, in this order: whoever finds the server can call it. */
    static RpcServer start(RpcServerBuilder builder) {
        long startedAt = System.nanoTime();
        ServerStack stack = builder.stack();
        ServerOptions options = builder.options();
        MethodTable methods = stack.assemble(builder.exports());
        ExecutorService ownHandlers = builder.executor() == null ? HandlerThreads.create("bowline-handler") : null;
        Transport transport = builder.transport();
        Dispatcher dispatcher = new Dispatcher(
                methods,
                stack.serializers().stream()
                        .map(serializer -> serializer.name())
                        .collect(Collectors.toSet()),
                ownHandlers == null ? builder.requiredExecutor() : ownHandlers,
                options.limits().maxConcurrentCalls(),
                options.application());
        Binding binding;
        try {
            binding = join(transport.bind(options.listen(), dispatcher));
        } catch (RpcException notBound) {
            if (ownHandlers != null) {
                ownHandlers.shutdownNow();
            }
            builder.closeIfOwn(transport);
            throw notBound;
        }
        List<Registration> registrations = register(builder, options, binding, dispatcher);
        RpcServer server =
                new RpcServer(options, binding, () -> builder.closeIfOwn(transport), ownHandlers, registrations);
        log.info(
                "Serving {} on {} ({}), started in {} ms",
                builder.exports().stream()
                        .map(export -> export.contract().toString())
                        .toList(),
                binding.address(),
                transport.name(),
                (System.nanoTime() - startedAt) / 1_000_000);
        return server;
    }

    private static List<Registration> register(
            RpcServerBuilder builder, ServerOptions options, Binding binding, Dispatcher dispatcher) {
        List<Registration> registrations = new ArrayList<>();
        for (Registry registry : builder.registries()) {
            String where = registry.status().description();
            AdvertisedAddress advertised = AdvertisedAddress.choose(options, binding.address(), where);
            registrations.add(registry.register(new Instance(
                    UUID.randomUUID().toString(),
                    options.application(),
                    advertised.address(),
                    builder.exports().stream()
                            .map(export -> export.contract().name())
                            .toList(),
                    dispatcher.serializers(),
                    options.weight(),
                    options.labels())));
            log.info("Registering {} ({}) in {}", advertised.address(), advertised.reason(), where);
        }
        return registrations;
    }

    private static <T> T join(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException failed) {
            throw RpcException.from(failed).here();
        }
    }

    /** Where it listens, with the port that the operating system gave. */
    public Address address() {
        return binding.address();
    }

    /** Blocks until the server has ended. */
    public void awaitTermination() throws InterruptedException {
        terminated.await();
    }

    /**
     * Ends gently: leaves the registry, tells every client and waits until each has confirmed that it calls here no more,
     * lets running calls end, then closes. Blocks for at most the drain grace of {@link ServerOptions.Limits}.
     */
    @Override
    public void close() {
        stop(options.limits().drainGrace()).toCompletableFuture().join();
    }

    /** The same without blocking, and with another grace; what still runs after it is cut off. */
    public CompletionStage<Void> stop(Duration grace) {
        if (closing.compareAndSet(false, true)) {
            log.info("Draining {}", binding.address());
            registrations.forEach(Registration::close);
            // A thread of its own: the stage completes on an I/O thread, which cannot wait for its own end.
            binding.drain(grace).whenComplete((done, impossible) -> new Thread(this::ended, "bowline-close").start());
        }
        return closed;
    }

    private void ended() {
        try {
            if (ownHandlers != null) {
                ownHandlers.shutdownNow();
            }
            ownTransport.close();
        } catch (Exception leftOver) {
            log.warn("Closing {} left something behind", binding.address(), leftOver);
        }
        log.info("Closed {}", binding.address());
        terminated.countDown();
        closed.complete(null);
    }
}
