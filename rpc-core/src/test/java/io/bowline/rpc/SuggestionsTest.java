package io.bowline.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
    @Test
    void namesTheNearest() {
        assertThat(Suggestions.of("time-out", List.of("timeout", "retries")))
                .isEqualTo("known: retries, timeout. Did you mean timeout?");
        assertThat(Suggestions.of("Protostuf", List.of("protostuff"))).endsWith("Did you mean protostuff?");
    }

    @Test
    void staysSilentWhenNothingIsNear() {
        assertThat(Suggestions.of("xyz", List.of("protostuff"))).isEqualTo("known: protostuff");
        assertThat(Suggestions.of("xyz", List.of())).isEqualTo("known: none");
    }

    @Test
    void listsTenAtMost() {
        List<String> many = IntStream.range(0, 30)
                .mapToObj(i -> "service-number-" + (100 + i))
                .toList();
        assertThat(Suggestions.of("nothing", many)).contains("and 20 more");
    }
}
