package io.bowline.benchmark.netty;

import io.bowline.benchmark.kit.UserService;
import io.netty.channel.ChannelHandlerContext;

/** Answers on the I/O thread, with one flush for all that was read at once. */
final class ServerConnection extends Frames {
    private final UserService users;

    ServerConnection(UserService users) {
        this.users = users;
    }

    @Override
    void read(Bytes in) {
        Bytes out = begin(in.takeInt());
        byte operation = in.takeByte();
        switch (operation) {
            case Call.EXIST -> out.putBoolean(users.existUser(in.takeString()));
            case Call.CREATE -> out.putBoolean(users.createUser(in.takeUser()));
            case Call.GET -> out.putUser(users.getUser(in.takeLong()));
            case Call.LIST -> out.putPage(users.listUser(in.takeInt()));
            default -> throw new IllegalArgumentException("unknown operation " + operation);
        }
        end();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        flush(context);
    }
}
