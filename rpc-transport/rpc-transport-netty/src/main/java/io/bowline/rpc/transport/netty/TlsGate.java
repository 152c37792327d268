package io.bowline.rpc.transport.netty;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Stands between the socket and TLS, and looks at the first byte that comes: who speaks something else is told so in a way
 * that it understands, without TLS.
 *
 * <p>After a handshake that failed, it throws input away for {@link #LINGER} before the socket is closed: closing with
 * unread input would reset the connection, and the peer would never read why it was refused.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: failures arrive at exceptionCaught or at a listener.
final class TlsGate extends ChannelDuplexHandler {
    private static final Duration LINGER = Duration.ofMillis(500);

    /** The types of TLS records: change of cipher, alert, handshake, data. RFC 8446, section 5.1. */
    private static final int FIRST_TYPE = 20;

    private static final int LAST_TYPE = 23;

    private final SslHandler tls;
    private final boolean plainAccepted;
    private boolean asked;
    private boolean refused;

    TlsGate(SslHandler tls, boolean plainAccepted) {
        this.tls = tls;
        this.plainAccepted = plainAccepted;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) {
        ByteBuf in = (ByteBuf) read;
        if (refused || hasFailed()) {
            in.release();
            return;
        }
        if (!asked && in.isReadable()) {
            asked = true;
            if (!isTls(in.getByte(in.readerIndex()))) {
                withoutTls(ctx, in);
                return;
            }
        }
        ctx.fireChannelRead(in);
    }

    private static boolean isTls(byte first) {
        return first >= FIRST_TYPE && first <= LAST_TYPE;
    }

    private void withoutTls(ChannelHandlerContext ctx, ByteBuf in) {
        ctx.pipeline().remove(tls);
        if (plainAccepted) {
            ctx.pipeline().remove(this);
            ctx.fireChannelRead(in);
            return;
        }
        refused = true;
        String foreign = new Preface().read(in);
        in.release();
        ctx.fireExceptionCaught(RpcException.of(
                Code.PROTOCOL_ERROR,
                "TLS is set on the one side of this connection, and the other speaks "
                        + (foreign == null ? "this protocol without TLS; set it on both, or on none" : foreign)));
    }

    private boolean hasFailed() {
        return tls.handshakeFuture().isDone() && !tls.handshakeFuture().isSuccess();
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (!refused && hasFailed() && ctx.channel().isActive()) {
            ctx.channel().config().setAutoRead(true);
            ctx.executor().schedule(() -> ctx.close(promise), LINGER.toNanos(), TimeUnit.NANOSECONDS);
        } else {
            ctx.close(promise);
        }
    }
}
