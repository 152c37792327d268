package io.bowline.benchmark.grpc;

import io.bowline.benchmark.grpc.protocol.User;
import io.bowline.benchmark.grpc.protocol.UserPage;
import io.bowline.benchmark.kit.Users;

/** The values of {@link Users} as messages, made anew for each call. */
final class Messages {
    private Messages() {}

    static User user(long id) {
        return User.newBuilder()
                .setId(id)
                .setName(Users.NAME)
                .setSex(Users.SEX)
                .setBirthday(Users.BIRTHDAY)
                .setEmail(Users.EMAIL)
                .setMobile(Users.MOBILE)
                .setAddress(Users.ADDRESS)
                .setIcon(Users.ICON)
                .addAllPermissions(Users.PERMISSIONS)
                .setStatus(Users.STATUS)
                .setCreateTime(Users.CREATED)
                .setUpdateTime(Users.CREATED + id)
                .build();
    }

    static UserPage page(int number) {
        UserPage.Builder page = UserPage.newBuilder().setNumber(number).setTotal(Users.TOTAL);
        for (int i = 0; i < Users.PAGE; i++) {
            page.addResult(user((long) number * Users.PAGE + i));
        }
        return page.build();
    }
}
