package io.bowline.benchmark.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** One connection of either side: an int, the number of bytes that follow, then an int, the number of the call. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails comes to exceptionCaught
abstract class Frames extends ChannelInboundHandlerAdapter {
    private final Bytes in = new Bytes();
    private final Bytes out = new Bytes();
    private int received;
    private int frame;

    /** One frame from the number of the call on. */
    abstract void read(Bytes in);

    /** Opens the next frame; {@link #end} closes it. */
    final Bytes begin(int call) {
        frame = out.at;
        out.putInt(0);
        out.putInt(call);
        return out;
    }

    final void end() {
        int end = out.at;
        out.at = frame;
        out.putInt(end - frame - 4);
        out.at = end;
    }

    /** Sends the frames since the last time in one write. */
    final void flush(ChannelHandlerContext context) {
        if (out.at > 0) {
            ByteBuf buffer = context.alloc().directBuffer(out.at).writeBytes(out.array, 0, out.at);
            out.at = 0;
            context.writeAndFlush(buffer, context.voidPromise());
        }
    }

    @Override
    public final void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf buffer = (ByteBuf) message;
        int bytes = buffer.readableBytes();
        in.at = received;
        in.room(bytes);
        buffer.readBytes(in.array, received, bytes);
        buffer.release();
        received += bytes;
        in.at = 0;
        int begin = 0;
        while (received - begin >= 4) {
            int end = begin + 4 + in.takeInt();
            if (end > received) {
                break;
            }
            read(in);
            in.at = end;
            begin = end;
        }
        received -= begin;
        System.arraycopy(in.array, begin, in.array, 0, received);
    }

    @Override
    public final void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
