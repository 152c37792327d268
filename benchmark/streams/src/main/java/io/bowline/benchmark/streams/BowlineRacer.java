package io.bowline.benchmark.streams;

import io.bowline.rpc.Address;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.stream.Streams;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.function.LongConsumer;

/** A publisher that has its rows at hand, and a subscriber that asks for all of them. */
final class BowlineRacer implements Racer {
    /** The contract. */
    public interface Rows {
        Flow.Publisher<byte[]> rows(int rows, int bytes);
    }

    private final RpcServer server = RpcServer.builder()
            .listen(new Address("127.0.0.1", 0))
            .service(Rows.class, (rows, bytes) -> Streams.from(Collections.nCopies(rows, new byte[bytes])))
            .start();
    private final RpcClient client =
            RpcClient.builder().addresses(server.address()).build();
    private final Rows proxy = client.proxy(Rows.class);

    @Override
    public String name() {
        return "bowline";
    }

    @Override
    public long read(int rows, int bytes) throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        long[] read = {0};
        proxy.rows(rows, bytes).subscribe(new Reading(count -> {
            read[0] = count;
            end.countDown();
        }));
        end.await();
        return read[0];
    }

    private static final class Reading implements Flow.Subscriber<byte[]> {
        private final LongConsumer end;
        private long read;

        Reading(LongConsumer end) {
            this.end = end;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(byte[] row) {
            read += row.length;
        }

        @Override
        public void onError(Throwable thrown) {
            end.accept(-1);
        }

        @Override
        public void onComplete() {
            end.accept(read);
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
