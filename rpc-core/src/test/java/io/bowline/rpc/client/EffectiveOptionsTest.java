package io.bowline.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.filter.RetryPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EffectiveOptionsTest {
    private static final RpcMethod FIND = RpcMethod.builder(new ServiceName("demo.Shop", "", ""), "find(long)")
            .build();
    private static final RetryPolicy PATIENT = new RetryPolicy(5, Duration.ofMillis(100), Duration.ofSeconds(9));

    private final MethodOptions client = new MethodOptions();
    private final ReferenceOptions reference = new ReferenceOptions();

    private Setting<RetryPolicy> retry() {
        return EffectiveOptions.of(FIND, client, reference).retry();
    }

    @Test
    void attemptsAloneLeaveThePausesOfTheScopeBeneath() {
        client.retry(PATIENT);
        reference.maxAttempts(2);
        assertThat(retry()).isEqualTo(new Setting<>(PATIENT.withMaxAttempts(2), "reference"));

        reference.method("find", method -> method.origin("here").maxAttempts(7));
        assertThat(retry()).isEqualTo(new Setting<>(PATIENT.withMaxAttempts(7), "here"));
    }

    @Test
    void attemptsAloneLeaveThePausesThatTheSameScopeSaid() {
        client.retry(RetryPolicy.NONE);
        reference.retry(PATIENT).maxAttempts(2);
        assertThat(retry()).isEqualTo(new Setting<>(PATIENT.withMaxAttempts(2), "reference"));
    }

    @Test
    void theLastWordOfAScopeCounts() {
        reference.maxAttempts(2).retry(PATIENT);
        assertThat(retry()).isEqualTo(new Setting<>(PATIENT, "reference"));
    }

    @Test
    void attemptsOfABeneathScopeDoNotStandAboveAPolicy() {
        client.maxAttempts(9);
        reference.retry(PATIENT);
        assertThat(retry()).isEqualTo(new Setting<>(PATIENT, "reference"));
    }

    @Test
    void attemptsHaveTheDefaultPausesWhereNobodySaysOthers() {
        client.maxAttempts(9);
        assertThat(retry()).isEqualTo(new Setting<>(RetryPolicy.DEFAULT.withMaxAttempts(9), "client"));
    }

    @Test
    void aWrongNumberIsRefusedWhereItIsSaid() {
        assertThatThrownBy(() -> reference.maxAttempts(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxAttempts: 0 (expected: 1 to 100)");
    }
}
