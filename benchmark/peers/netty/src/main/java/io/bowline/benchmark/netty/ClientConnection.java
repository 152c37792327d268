package io.bowline.benchmark.netty;

import io.netty.channel.ChannelHandlerContext;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Callers offer to one stack. The one that finds it empty wakes the loop, which takes all of it and sends it in one
 * write. All other fields are the loop's.
 */
final class ClientConnection extends Frames {
    private final AtomicReference<Call> offered = new AtomicReference<>();
    private final Runnable send = this::send;
    private ChannelHandlerContext context;
    private Call[] pending = new Call[0];
    private int[] free = new int[0]; // places of pending; the first of them are free
    private int freePlaces;
    private boolean closed;

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
    }

    /** By any thread, once this is connected. */
    void offer(Call call) {
        Call last;
        do {
            last = offered.get();
            call.previous = last;
        } while (!offered.compareAndSet(last, call));
        if (last == null) {
            context.executor().execute(send);
        }
    }

    private void send() {
        Call first = null;
        for (Call call = offered.getAndSet(null); call != null; ) {
            Call previous = call.previous;
            call.previous = first;
            first = call;
            call = previous;
        }
        for (Call call = first; call != null; ) {
            Call next = call.previous; // turned round above
            call.previous = null;
            if (closed) {
                call.end(null, new ClosedChannelException());
            } else {
                call.write(begin(place(call)));
                end();
            }
            call = next;
        }
        flush(context);
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
        Call call = pending[place];
        pending[place] = null;
        free[freePlaces++] = place;
        call.read(in);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closed = true;
        for (Call call : pending) {
            if (call != null) {
                call.end(null, new ClosedChannelException());
            }
        }
    }
}
