package io.bowline.rpc.spring.properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecordsTest {
    @Test
    void theUpperSpeaksAndTheLowerCompletes() {
        RetryProperties lower = new RetryProperties(3, Duration.ofMillis(1), null);
        RetryProperties upper = new RetryProperties(5, null, null);
        assertThat(Records.over(upper, lower)).isEqualTo(new RetryProperties(5, Duration.ofMillis(1), null));
    }

    @Test
    void recordsWithinRecordsAreCompletedLikewise() {
        CallProperties silent = CallProperties.SILENT;
        CallProperties lower = new CallProperties(
                Duration.ofSeconds(1),
                new RetryProperties(3, Duration.ofMillis(1), null),
                null, null, null, null, null, null, null, null);
        CallProperties upper = new CallProperties(
                null, new RetryProperties(5, null, null), null, null, null, null, null, null, null, null);
        assertThat(Records.over(upper, lower).retry()).isEqualTo(new RetryProperties(5, Duration.ofMillis(1), null));
        assertThat(Records.over(upper, lower).timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(Records.over(silent, lower)).isEqualTo(lower);
        assertThat(Records.over(lower, silent)).isEqualTo(lower);
    }

    @Test
    void aComponentSaysSomethingOrNot() {
        RetryProperties some = new RetryProperties(3, null, null);
        assertThat(Records.says(some, "maxAttempts")).isTrue();
        assertThat(Records.says(some, "backoff")).isFalse();
        assertThatThrownBy(() -> Records.says(some, "max")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesAreThoseOfProperties() {
        assertThat(Records.kebab("maxAttempts")).isEqualTo("max-attempts");
        assertThat(Records.kebab("ttl")).isEqualTo("ttl");
    }
}
