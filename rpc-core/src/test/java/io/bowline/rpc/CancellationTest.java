package io.bowline.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancellationTest {
    @Test
    void tellsEachListenerOnceAndThoseWhoComeLaterAtOnce() {
        Cancellation cancellation = new Cancellation();
        List<String> told = new ArrayList<>();
        cancellation.onCancel(() -> told.add("first"));
        cancellation.onCancel(() -> told.add("second"));
        cancellation.cancel();
        cancellation.cancel();
        cancellation.onCancel(() -> told.add("late"));
        assertThat(told).containsExactlyInAnyOrder("first", "second", "late");
        assertThat(cancellation.isCancelled()).isTrue();
    }

    @Test
    void aClosedRegistrationIsNotTold() {
        Cancellation cancellation = new Cancellation();
        AtomicInteger told = new AtomicInteger();
        cancellation.onCancel(told::incrementAndGet).close();
        cancellation.cancel();
        assertThat(told).hasValue(0);
    }

    @Test
    void everyListenerHearsOfACancellationThatRacesWithItsRegistration() throws Exception {
        for (int round = 0; round < 200; round++) {
            Cancellation cancellation = new Cancellation();
            CountDownLatch told = new CountDownLatch(20);
            Thread registrar = new Thread(() -> {
                for (int i = 0; i < 20; i++) {
                    cancellation.onCancel(told::countDown);
                }
            });
            registrar.start();
            cancellation.cancel();
            assertThat(told.await(5, TimeUnit.SECONDS)).isTrue();
            registrar.join();
        }
    }
}
