package io.bowline.benchmark.grpc;

import io.bowline.benchmark.grpc.protocol.Answer;
import io.bowline.benchmark.grpc.protocol.ExistUserRequest;
import io.bowline.benchmark.grpc.protocol.GetUserRequest;
import io.bowline.benchmark.grpc.protocol.ListUserRequest;
import io.bowline.benchmark.grpc.protocol.User;
import io.bowline.benchmark.grpc.protocol.UserPage;
import io.bowline.benchmark.grpc.protocol.UserServiceGrpc;
import io.bowline.benchmark.kit.Users;
import io.grpc.stub.StreamObserver;

/** The service as gRPC wants it. */
final class GrpcUsers extends UserServiceGrpc.UserServiceImplBase {
    @Override
    public void existUser(ExistUserRequest request, StreamObserver<Answer> caller) {
        answer(caller, yes(Users.EMAIL.equals(request.getEmail())));
    }

    @Override
    public void createUser(User user, StreamObserver<Answer> caller) {
        answer(caller, yes(user.getId() >= 0 && Users.EMAIL.equals(user.getEmail())));
    }

    @Override
    public void getUser(GetUserRequest request, StreamObserver<User> caller) {
        answer(caller, Messages.user(request.getId()));
    }

    @Override
    public void listUser(ListUserRequest request, StreamObserver<UserPage> caller) {
        answer(caller, Messages.page(request.getPage()));
    }

    private static Answer yes(boolean yes) {
        return Answer.newBuilder().setYes(yes).build();
    }

    private static <T> void answer(StreamObserver<T> caller, T answer) {
        caller.onNext(answer);
        caller.onCompleted();
    }
}
