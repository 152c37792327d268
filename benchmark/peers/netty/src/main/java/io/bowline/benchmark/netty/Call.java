package io.bowline.benchmark.netty;

import io.bowline.benchmark.kit.User;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One call: made by the caller, then the loop's. */
final class Call {
    static final byte EXIST = 0;
    static final byte CREATE = 1;
    static final byte GET = 2;
    static final byte LIST = 3;

    private final byte operation;
    private final long number;
    private final @Nullable Object argument;
    private final @Nullable BiConsumer<@Nullable Object, @Nullable Throwable> done; // null if a thread waits
    private final @Nullable Thread waiter;

    /** The one that was offered before this one. */
    @Nullable
    Call previous;

    private @Nullable Object answer;
    private @Nullable Throwable failure;
    private volatile boolean over;

    /** One whose caller waits, if there is nobody to tell. */
    Call(
            byte operation,
            long number,
            @Nullable Object argument,
            @Nullable BiConsumer<@Nullable Object, @Nullable Throwable> done) {
        this.operation = operation;
        this.number = number;
        this.argument = argument;
        this.done = done;
        this.waiter = done == null ? Thread.currentThread() : null;
    }

    void write(Bytes out) {
        out.putByte(operation);
        switch (operation) {
            case EXIST -> out.putString((String) Objects.requireNonNull(argument));
            case CREATE -> out.putUser((User) Objects.requireNonNull(argument));
            case GET -> out.putLong(number);
            default -> out.putInt((int) number);
        }
    }

    void read(Bytes in) {
        Object read = switch (operation) {
            case EXIST, CREATE -> in.takeBoolean();
            case GET -> in.takeUser();
            default -> in.takePage();
        };
        end(read, null);
    }

    void end(@Nullable Object answer, @Nullable Throwable failure) {
        if (done != null) {
            done.accept(answer, failure);
            return;
        }
        this.answer = answer;
        this.failure = failure;
        over = true;
        LockSupport.unpark(waiter);
    }

    /** The answer, once it is there. */
    Object await() throws InterruptedException {
        while (!over) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        if (failure != null) {
            throw new IllegalStateException("no answer", failure);
        }
        return Objects.requireNonNull(answer);
    }
}
