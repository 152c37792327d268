package io.bowline.rpc.e2e.fleet;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.Filter;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.Timer;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.server.RpcServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A process of a fleet, which ends when its parent does. */
final class WorkMain {
    private WorkMain() {}

    /**
     * Arguments: the port, 0 for any; its number; the pause before an answer in ms; {@code works}, or {@code refuses} for
     * one that keeps every question out at once; where to note orders; the address of whom to ask in turn, or nothing.
     */
    public static void main(String[] arguments) throws IOException {
        int number = Integer.parseInt(arguments[1]);
        Duration pause = Duration.ofMillis(Long.parseLong(arguments[2]));
        boolean refuses = arguments[3].equals("refuses");
        AtomicInteger asked = new AtomicInteger();
        Filter counting = (request, next) -> {
            if (!request.method().name().startsWith("ask(")) {
                return next.invoke(request);
            }
            asked.incrementAndGet();
            if (refuses) {
                return CompletableFuture.failedFuture(
                        RpcException.unprocessed(Code.OVERLOADED, number + " takes nothing today"));
            }
            if (pause.isZero()) {
                return next.invoke(request);
            }
            CompletableFuture<Void> paused = new CompletableFuture<>();
            Timer.system().schedule(pause, () -> paused.complete(null));
            return paused.thenCompose(done -> next.invoke(request));
        };
        RpcClient client = arguments.length > 5 ? RpcClient.connect(arguments[5]) : null;
        try (FileChannel journal =
                        FileChannel.open(Path.of(arguments[4]), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                RpcServer server = RpcServer.builder()
                        .listen(new Address("127.0.0.1", Integer.parseInt(arguments[0])))
                        .filter(counting)
                        .service(Work.class, new Worker(number, asked, journal, next(client)))
                        .start()) {
            System.out.println("READY " + server.address());
            while (System.in.read() >= 0) {
                // Lives until its parent closes the pipe.
            }
        }
        if (client != null) {
            client.close();
        }
    }

    private static @Nullable Work next(@Nullable RpcClient client) {
        return client == null ? null : client.proxy(Work.class);
    }

    private record Worker(
            int number,
            AtomicInteger count,
            FileChannel journal,
            @Nullable Work next) implements Work {
        @Override
        public int ask() {
            return next == null ? number : next.ask();
        }

        @Override
        public int order(long id) {
            try {
                // One write at the end of the file: the kernel keeps it, whatever becomes of this process.
                journal.write(ByteBuffer.allocate(Long.BYTES).putLong(id).flip());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return number;
        }

        @Override
        public int asked() {
            return count.get();
        }
    }
}
