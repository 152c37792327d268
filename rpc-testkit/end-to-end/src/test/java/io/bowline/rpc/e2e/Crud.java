package io.bowline.rpc.e2e;

import java.util.concurrent.CompletableFuture;

/** A generic parent of contracts. */
public interface Crud<T, K> {
    T save(T value);

    CompletableFuture<T> load(K key);
}
