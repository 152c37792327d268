package io.bowline.rpc.transport.netty;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way from any thread to a connection's I/O thread: many put, one takes everything at once.
 *
 * <p>It is a stack linked through the mail itself (Treiber, 1986), so that putting costs one compare-and-set and no
 * memory. The I/O thread takes the whole stack with one swap and turns it round, so order is kept, and nothing is ever
 * popped singly, so there is no ABA problem. Who puts into an empty box wakes the I/O thread; all who come before it has
 * woken ride along. That is what makes one system call carry many calls.
 */
final class Mailbox {
    private static final VarHandle TOP;

    static {
        try {
            TOP = MethodHandles.lookup().findVarHandle(Mailbox.class, "top", Mail.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Executor loop;
    private final Runnable round;

    @SuppressWarnings("unused") // Read and written through TOP.
    private volatile @Nullable Mail top;

    /** @param round run on the loop when there is mail; it has to call {@link #deliverAll} */
    Mailbox(Executor loop, Runnable round) {
        this.loop = loop;
        this.round = round;
    }

    void put(Mail mail) {
        assert !mail.boxed : "in the box already: " + mail;
        mail.boxed = true;
        Mail below;
        do {
            below = top;
            mail.below = below;
        } while (!TOP.compareAndSet(this, below, mail));
        if (below == null) {
            wake();
        }
    }

    private void wake() {
        try {
            loop.execute(round);
        } catch (RejectedExecutionException ended) {
            returnAll();
        }
    }

    /** On the I/O thread: delivers what was put until now, in order; all of it, whatever one of them throws. */
    void deliverAll() {
        takeAll(Mail::deliver);
    }

    /** After the I/O thread has ended. */
    void returnAll() {
        takeAll(Mail::undeliverable);
    }

    private void takeAll(Consumer<Mail> each) {
        Mail mail = (Mail) TOP.getAndSet(this, null);
        Mail first = null;
        while (mail != null) {
            Mail below = mail.below;
            mail.below = first;
            first = mail;
            mail = below;
        }
        RuntimeException defect = null;
        while (first != null) {
            Mail next = first.below;
            first.below = null;
            first.boxed = false;
            try {
                each.accept(first);
            } catch (RuntimeException thrown) {
                defect = thrown;
            }
            first = next;
        }
        if (defect != null) {
            throw defect;
        }
    }
}
