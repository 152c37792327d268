package io.bowline.benchmark.netty;

import io.netty.channel.ChannelHandlerContext;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Callers offer to one stack. The one that finds it empty wakes the loop, which takes all of it and sends it in one
 * write. All other fields are the loop's.
 */
final class ClientConnection extends Frames {
    private final AtomicReference<@Nullable Call> offered = new AtomicReference<>();
    private final Runnable send = this::send;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Call[] pending = new Call[0];
    private int[] free = new int[0]; // places of pending; the first of them are free
    private int freePlaces;
    private boolean closed;

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
    }

    /** By any thread, once this is connected. */
    void offer(Call call) {
        @Nullable Call last;
        do {
            last = offered.get();
            call.previous = last;
        } while (!offered.compareAndSet(last, call));
        if (last == null) {
            Objects.requireNonNull(context).executor().execute(send);
        }
    }

    private void send() {
        @Nullable Call first = null;
        for (@Nullable Call call = offered.getAndSet(null); call != null; ) {
            @Nullable Call previous = call.previous;
            call.previous = first;
            first = call;
            call = previous;
        }
        for (@Nullable Call call = first; call != null; ) {
            @Nullable Call next = call.previous; // turned round above
            call.previous = null;
            if (closed) {
                call.end(null, new ClosedChannelException());
            } else {
                call.write(begin(place(call)));
                end();
            }
            call = next;
        }
        flush(Objects.requireNonNull(context));
    }

    private int place(Call call) {
        if (freePlaces == 0) {
            int size = pending.length;
            pending = Arrays.copyOf(pending, Math.max(64, 2 * size));
            free = new int[pending.length];
            while (freePlaces < pending.length - size) {
                free[freePlaces] = size + freePlaces++;
            }
        }
        int place = free[--freePlaces];
        pending[place] = call;
        return place;
    }

    @Override
    void read(Bytes in) {
        int place = in.takeInt();
        Call call = Objects.requireNonNull(pending[place]);
        pending[place] = null;
        free[freePlaces++] = place;
        call.read(in);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closed = true;
        for (@Nullable Call call : pending) {
            if (call != null) {
                call.end(null, new ClosedChannelException());
            }
        }
    }
}
