package io.bowline.benchmark.grpc;

import io.bowline.benchmark.grpc.protocol.ExistUserRequest;
import io.bowline.benchmark.grpc.protocol.GetUserRequest;
import io.bowline.benchmark.grpc.protocol.ListUserRequest;
import io.bowline.benchmark.grpc.protocol.User;
import io.bowline.benchmark.grpc.protocol.UserPage;
import io.bowline.benchmark.grpc.protocol.UserServiceGrpc;
import io.bowline.benchmark.kit.UserClient;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The blocking stub and the asynchronous one of one channel. */
final class GrpcClient implements UserClient, UserClient.Async {
    private final ManagedChannel channel;
    private final UserServiceGrpc.UserServiceBlockingStub users;
    private final UserServiceGrpc.UserServiceStub async;

    GrpcClient(ManagedChannel channel) {
        this.channel = channel;
        this.users = UserServiceGrpc.newBlockingStub(channel);
        this.async = UserServiceGrpc.newStub(channel);
    }

    private static ExistUserRequest exist(String email) {
        return ExistUserRequest.newBuilder().setEmail(email).build();
    }

    private static GetUserRequest get(long id) {
        return GetUserRequest.newBuilder().setId(id).build();
    }

    private static ListUserRequest list(int page) {
        return ListUserRequest.newBuilder().setPage(page).build();
    }

    @Override
    public boolean existUser(String email) {
        return users.existUser(exist(email)).getYes();
    }

    @Override
    public boolean createUser(long id) {
        return users.createUser(Messages.user(id)).getYes();
    }

    @Override
    public Object getUser(long id) {
        return users.getUser(get(id));
    }

    @Override
    public Object listUser(int page) {
        return users.listUser(list(page));
    }

    @Override
    public long idOf(Object user) {
        return ((User) user).getId();
    }

    @Override
    public int sizeOf(Object page) {
        return ((UserPage) page).getResultCount();
    }

    @Override
    public Async async() {
        return this;
    }

    @Override
    public void existUser(String email, BiConsumer<@Nullable Object, @Nullable Throwable> done) {
        async.existUser(exist(email), new Answered<>(done));
    }

    @Override
    public void createUser(long id, BiConsumer<@Nullable Object, @Nullable Throwable> done) {
        async.createUser(Messages.user(id), new Answered<>(done));
    }

    @Override
    public void getUser(long id, BiConsumer<@Nullable Object, @Nullable Throwable> done) {
        async.getUser(get(id), new Answered<>(done));
    }

    @Override
    public void listUser(int page, BiConsumer<@Nullable Object, @Nullable Throwable> done) {
        async.listUser(list(page), new Answered<>(done));
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    /** A stream of one answer. */
    private static final class Answered<T> implements StreamObserver<T> {
        private final BiConsumer<@Nullable Object, @Nullable Throwable> done;
        private @Nullable Object answer;

        Answered(BiConsumer<@Nullable Object, @Nullable Throwable> done) {
            this.done = done;
        }

        @Override
        public void onNext(T answer) {
            this.answer = answer;
        }

        @Override
        public void onError(Throwable thrown) {
            done.accept(null, thrown);
        }

        @Override
        public void onCompleted() {
            done.accept(answer, null);
        }
    }
}
