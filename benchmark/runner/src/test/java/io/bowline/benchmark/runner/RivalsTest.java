package io.bowline.benchmark.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RivalsTest {
    private static final List<String> ALL =
            List.of("grpc", "grpc-direct", "bowline", "bowline-direct", "netty-bare", "rmi", "turbo");

    @Test
    void comparesDefaultsWithDefaults() {
        assertThat(Rivals.DEFAULT.among(ALL)).containsExactly("bowline", "grpc", "rmi", "turbo");
    }

    @Test
    void comparesTheIoThreadWithTheIoThread() {
        assertThat(Rivals.DIRECT.among(ALL)).containsExactly("bowline-direct", "grpc-direct", "netty-bare", "turbo");
    }

    @Test
    void saysThatOneHasNoOtherWay() {
        assertThat(Rivals.DEFAULT.title(List.of("bowline", "turbo"))).contains("turbo: on it");
        assertThat(Rivals.DEFAULT.title(List.of("bowline", "grpc"))).doesNotContain("turbo");
    }
}
