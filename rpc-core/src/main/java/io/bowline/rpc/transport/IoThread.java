package io.bowline.rpc.transport;

/**
 * Marks the threads of a transport that must never block. A synchronous call made on one is refused with {@code
 * BLOCKING_CALL} instead of waiting for an answer that only this thread could bring.
 */
public interface IoThread {
    /** Whether the current thread is one. */
    static boolean isCurrent() {
        return Thread.currentThread() instanceof IoThread;
    }
}
