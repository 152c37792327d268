package io.bowline.benchmark.streams;

import com.google.protobuf.ByteString;
import io.bowline.benchmark.streams.protocol.Row;
import io.bowline.benchmark.streams.protocol.RowServiceGrpc;
import io.bowline.benchmark.streams.protocol.RowsRequest;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongConsumer;

/**
 * gRPC-Java with its defaults, or with direct executors on both sides. The server heeds {@code isReady}, so that a slow reader
 * does not fill its memory, or writes everything at once.
 */
final class GrpcRacer implements Racer {
    private final String name;
    private final Server server;
    private final ManagedChannel channel;

    GrpcRacer(String name, boolean direct, boolean heeding) {
        this.name = name;
        ServerBuilder<?> builder =
                NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        if (direct) {
            builder.directExecutor();
        }
        try {
            server = builder.addService(heeding ? new Heeding() : new AtOnce())
                    .build()
                    .start();
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        NettyChannelBuilder to =
                NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext();
        channel = (direct ? to.directExecutor() : to).build();
    }

    private static Row row(RowsRequest request) {
        return Row.newBuilder()
                .setContent(ByteString.copyFrom(new byte[request.getBytes()]))
                .build();
    }

    private static final class Heeding extends RowServiceGrpc.RowServiceImplBase {
        @Override
        public void rows(RowsRequest request, StreamObserver<Row> answer) {
            ServerCallStreamObserver<Row> ready = (ServerCallStreamObserver<Row>) answer;
            Row row = row(request);
            int[] left = {request.getRows()};
            ready.setOnReadyHandler(() -> {
                while (left[0] > 0 && ready.isReady()) {
                    ready.onNext(row);
                    if (--left[0] == 0) {
                        ready.onCompleted();
                    }
                }
            });
        }
    }

    private static final class AtOnce extends RowServiceGrpc.RowServiceImplBase {
        @Override
        public void rows(RowsRequest request, StreamObserver<Row> answer) {
            Row row = row(request);
            for (int i = 0; i < request.getRows(); i++) {
                answer.onNext(row);
            }
            answer.onCompleted();
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long read(int rows, int bytes) throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        long[] read = {0};
        RowsRequest request =
                RowsRequest.newBuilder().setRows(rows).setBytes(bytes).build();
        RowServiceGrpc.newStub(channel).rows(request, new Reading(count -> {
            read[0] = count;
            end.countDown();
        }));
        end.await();
        return read[0];
    }

    private static final class Reading implements StreamObserver<Row> {
        private final LongConsumer end;
        private long read;

        Reading(LongConsumer end) {
            this.end = end;
        }

        @Override
        public void onNext(Row row) {
            read += row.getContent().size();
        }

        @Override
        public void onError(Throwable thrown) {
            end.accept(-1);
        }

        @Override
        public void onCompleted() {
            end.accept(read);
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
    }
}
