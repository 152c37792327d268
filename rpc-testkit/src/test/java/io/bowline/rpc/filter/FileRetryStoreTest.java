package io.bowline.rpc.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Code;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.filter.RetryStore.Delivery;
import io.bowline.rpc.filter.RetryStore.StoredCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRetryStoreTest {
    @TempDir
    Path folder;

    private static Delivery delivery(String id, String method, int attempts) {
        byte[] arguments = {1, 2, 3};
        return new Delivery(
                id, new StoredCall(method, "texts", arguments, Metadata.of("tenant", "7"), 2_000), attempts);
    }

    private static List<String> claimed(RetryStore store, String method) {
        return store.claim(method).stream()
                .map(delivery -> delivery.id() + " " + delivery.attempts())
                .sorted()
                .toList();
    }

    @Test
    void whatIsKeptIsThereAfterARestartOnceForEachMethod() {
        try (RetryStore store = RetryStore.inFiles(folder, 10)) {
            assertThat(store.keep(delivery("a", "one", 1))).isTrue();
            assertThat(store.keep(delivery("b", "two", 1))).isTrue();
            assertThat(store.keep(delivery("c", "one", 1))).isTrue();
            assertThat(store.keep(delivery("a", "one", 5))).isTrue();
            store.forget("c");
            assertThat(store.claim("one")).isEmpty();
        }
        try (RetryStore store = RetryStore.inFiles(folder, 10)) {
            assertThat(claimed(store, "two")).containsExactly("b 1");
            Delivery kept = store.claim("one").get(0);
            assertThat(kept.id()).isEqualTo("a");
            assertThat(kept.attempts()).isEqualTo(5);
            assertThat(kept.call().serializer()).isEqualTo("texts");
            assertThat(kept.call().arguments()).containsExactly(1, 2, 3);
            assertThat(kept.call().labels()).isEqualTo(Metadata.of("tenant", "7"));
            assertThat(kept.call().timeoutMillis()).isEqualTo(2_000);
            assertThat(store.claim("one")).isEmpty();
        }
    }

    @Test
    void isBoundedAcrossRestarts() {
        try (RetryStore store = RetryStore.inFiles(folder, 1)) {
            assertThat(store.keep(delivery("a", "one", 1))).isTrue();
            assertThat(store.keep(delivery("b", "one", 1))).isFalse();
            assertThat(store.keep(delivery("a", "one", 2))).isTrue();
        }
        try (RetryStore store = RetryStore.inFiles(folder, 1)) {
            assertThat(store.keep(delivery("b", "one", 1))).isFalse();
            store.forget("a");
            assertThat(store.keep(delivery("b", "one", 1))).isTrue();
        }
    }

    @Test
    void aDamagedFileIsPassedOverAndStays() throws IOException {
        try (RetryStore store = RetryStore.inFiles(folder, 10)) {
            store.keep(delivery("a", "one", 1));
            store.keep(delivery("b", "one", 1));
        }
        Path damaged = folder.resolve("a.call");
        byte[] bytes = Files.readAllBytes(damaged);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            Files.write(damaged, cut);
            try (RetryStore store = RetryStore.inFiles(folder, 10)) {
                assertThat(claimed(store, "one")).contains("b 1");
            }
            assertThat(damaged).hasBinaryContent(cut);
        }
    }

    @Test
    void belongsToOneAtATime() {
        try (RetryStore store = RetryStore.inFiles(folder, 10)) {
            assertThat(store.keep(delivery("a", "one", 1))).isTrue();
            assertThatThrownBy(() -> RetryStore.inFiles(folder, 10))
                    .isInstanceOfSatisfying(
                            RpcException.class,
                            thrown -> assertThat(thrown.code()).isEqualTo(Code.INVALID_CONFIGURATION))
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("it is in use");
        }
    }
}
