package io.bowline.benchmark.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChildTest {
    private static final Duration LONG = Duration.ofSeconds(50);

    @TempDir
    Path folder;

    @Test
    void answersPassOverWhatElseIsPrinted() throws Exception {
        try (Child child = start("cat")) {
            child.tell("a framework's banner");
            child.tell("RESULT 1");
            assertThat(child.await(LONG, "RESULT ", "FAILED ")).isEqualTo("RESULT 1");
        }
    }

    @Test
    void endsWithItsInput() throws Exception {
        Child child = start("cat");
        child.close();
        assertThat(child.handle().isAlive()).isFalse();
    }

    @Test
    void isKilledWhereItDoesNotAnswer() throws Exception {
        try (Child child = start("cat")) {
            assertThatThrownBy(() -> child.await(Duration.ofMillis(10), "RESULT "))
                    .isInstanceOf(Gone.class)
                    .hasMessage("the child did not answer within 0 s");
            assertThat(child.handle().isAlive()).isFalse();
        }
    }

    @Test
    void tellsHowItEnded() throws Exception {
        try (Child child = start("sh", "-c", "echo 'java.lang.Error: a reason' >&2; exit 3")) {
            assertThatThrownBy(() -> child.await(LONG, "RESULT "))
                    .isInstanceOf(Gone.class)
                    .hasMessage("the child ended with status 3: java.lang.Error: a reason");
        }
    }

    private Child start(String... command) throws Exception {
        return Child.start("the child", List.of(command), folder.resolve("errors"));
    }
}
