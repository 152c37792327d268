package io.bowline.rpc.spring.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.spring.RpcReference;
import io.bowline.rpc.spring.RpcService;
import io.bowline.rpc.spring.autoconfigure.RpcValidationAutoConfiguration;
import io.bowline.rpc.spring.validation.ValidationFilter;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;

/** Constraints of a contract hold on both sides. */
class ValidationTest {
    record Order(@Positive int quantity) {}

    interface Orders {
        String place(@Valid Order order, @NotBlank String note);

        CompletableFuture<String> placeLater(@Valid Order order);

        String free(String anything);
    }

    static class Ordering implements Orders {
        static final AtomicInteger CALLS = new AtomicInteger();

        @Override
        public String place(Order order, String note) {
            CALLS.incrementAndGet();
            return "placed " + order.quantity();
        }

        @Override
        public CompletableFuture<String> placeLater(Order order) {
            CALLS.incrementAndGet();
            return CompletableFuture.completedFuture("placed");
        }

        @Override
        public String free(String anything) {
            return anything;
        }
    }

    @RpcService
    static class Unchecked extends Ordering {}

    @RpcService
    @Validated
    static class Checked extends Ordering {}

    @Component
    static class Desk {
        @RpcReference
        private Orders orders;
    }

    @BeforeEach
    void forget() {
        Ordering.CALLS.set(0);
    }

    @Test
    void sendsNothingThatViolatesThem() {
        Started.of(Unchecked.class, Desk.class).run(context -> {
            Orders orders = context.getBean(Desk.class).orders;
            assertThatThrownBy(() -> orders.place(new Order(0), " "))
                    .isInstanceOf(ConstraintViolationException.class)
                    .hasMessageContaining("quantity: must be greater than 0")
                    .hasMessageContaining("note: must not be blank");
            assertThat(orders.placeLater(new Order(-1)))
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .withCauseInstanceOf(ConstraintViolationException.class);
            assertThat(Ordering.CALLS).hasValue(0);
            assertThat(orders.place(new Order(3), "soon")).isEqualTo("placed 3");
            assertThat(orders.free("")).isEmpty();
        });
    }

    @Test
    void tellsTheConsumerWhatTheServiceRefused() {
        Started.of(Checked.class, Desk.class)
                .withPropertyValues("spring.autoconfigure.exclude=" + RpcValidationAutoConfiguration.class.getName())
                .run(context -> {
                    assertThat(context).doesNotHaveBean(ValidationFilter.class);
                    Orders orders = context.getBean(Desk.class).orders;
                    assertThatThrownBy(() -> orders.place(new Order(0), "soon"))
                            .isInstanceOfSatisfying(RpcException.class, refused -> {
                                assertThat(refused.code()).isEqualTo(Code.APPLICATION);
                                assertThat(refused)
                                        .hasMessageContaining("ConstraintViolationException")
                                        .hasMessageContaining("quantity: must be greater than 0");
                            });
                    assertThat(Ordering.CALLS).hasValue(0);
                });
    }
}
