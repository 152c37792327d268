package io.bowline.rpc.server;

import io.bowline.rpc.Address;
import io.bowline.rpc.HandlerThreads;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.stream.WrittenStream;
import io.bowline.rpc.transport.Binding;
import io.bowline.rpc.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
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
    private final List<OfferedService> services;
    private final Binding binding;
    private final Dispatcher dispatcher;
    private final Registrations registrations;
    private final AutoCloseable below;
    private final AtomicReference<State> state = new AtomicReference<>(State.SERVING);
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final CountDownLatch terminated = new CountDownLatch(1);

    /** Where a server stands. It goes from one to the next and never back. */
    public enum State {
        /** It listens and takes calls. */
        SERVING,
        /** It has left its registries; calls that run may end. */
        DRAINING,
        /** It has ended. */
        CLOSED
    }

    /** @param below closes what stands below the server and belongs to it */
    private RpcServer(
            ServerOptions options,
            List<ServiceExport> exports,
            Binding binding,
            Dispatcher dispatcher,
            Registrations registrations,
            AutoCloseable below) {
        this.options = options;
        this.services = exports.stream()
                .map(export -> OfferedService.of(export, options))
                .toList();
        this.binding = binding;
        this.dispatcher = dispatcher;
        this.registrations = registrations;
        this.below = below;
    }

    public static RpcServerBuilder builder() {
        return new RpcServerBuilder();
    }

    /** Assembles, listens, and registers, in this order: whoever finds the server can call it. */
    static RpcServer start(RpcServerBuilder builder) {
        long startedAt = System.nanoTime();
        ServerStack stack = builder.stack();
        ServerOptions options = builder.options();
        List<ServiceExport> exports = builder.exports();
        MethodTable methods = stack.assemble(exports);
        ExecutorService ownHandlers = builder.executor() == null ? HandlerThreads.create("bowline-handler") : null;
        Transport transport = builder.transport();
        Dispatcher dispatcher = new Dispatcher(
                methods,
                stack.serializers().stream()
                        .map(serializer -> serializer.name())
                        .collect(Collectors.toSet()),
                ownHandlers == null ? builder.requiredExecutor() : ownHandlers,
                options.limits().maxConcurrentCalls(),
                options.application(),
                stack.refusals());
        AutoCloseable below = () -> {
            if (ownHandlers != null) {
                WrittenStream.endThose(ownHandlers.shutdownNow());
            }
            builder.closeIfOwn(transport);
        };
        Binding binding;
        try {
            binding = join(transport.bind(options.listen(), dispatcher));
        } catch (RpcException notBound) {
            closeQuietly(below, options.listen());
            throw notBound;
        }
        Registrations registrations =
                new Registrations(options, exports, dispatcher.serializers(), builder.registries());
        RpcServer server = new RpcServer(options, exports, binding, dispatcher, registrations, below);
        if (!builder.registersLater()) {
            server.registerOrEnd();
        }
        log.info(
                "Serving {} on {} ({}), started in {} ms",
                exports.stream().map(export -> export.contract().toString()).toList(),
                binding.address(),
                transport.name(),
                (System.nanoTime() - startedAt) / 1_000_000);
        return server;
    }

    private void registerOrEnd() {
        try {
            register();
        } catch (RuntimeException refused) {
            binding.close();
            closeQuietly(below, binding.address());
            throw refused;
        }
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

    /**
     * Registers in all registries, as {@link RpcServerBuilder#start} has done unless it was told to {@linkplain
     * RpcServerBuilder#registerLater leave that for later}. Does not wait for them. Once: again, or once the server is
     * being closed, it does nothing.
     *
     * @throws RpcException {@code INVALID_CONFIGURATION} when a registry takes no registrations or cannot hold this one;
     *     then the server is registered nowhere, and serves on
     */
    public void register() {
        registrations.register(binding.address());
    }

    /** Where it stands. */
    public State state() {
        return state.get();
    }

    /** What it offers, in the order in which it was told. */
    public List<OfferedService> services() {
        return services;
    }

    /** Where it is registered at this moment; empty before {@link #register}, and once it is being closed. */
    public List<RegisteredInstance> registrations() {
        return registrations.view();
    }

    /** The calls that were admitted and have not ended, over all connections. */
    public int running() {
        return dispatcher.running();
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
        if (state.compareAndSet(State.SERVING, State.DRAINING)) {
            log.info("Draining {}", binding.address());
            registrations.close();
            // A thread of its own: the stage completes on an I/O thread, which cannot wait for its own end.
            binding.drain(grace).whenComplete((done, impossible) -> new Thread(this::ended, "bowline-close").start());
        }
        return closed;
    }

    private void ended() {
        closeQuietly(below, binding.address());
        log.info("Closed {}", binding.address());
        state.set(State.CLOSED);
        terminated.countDown();
        closed.complete(null);
    }

    private static void closeQuietly(AutoCloseable below, Address address) {
        try {
            below.close();
        } catch (Exception leftOver) {
            log.warn("Closing {} left something behind", address, leftOver);
        }
    }
}
