package io.bowline.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MetadataTest {
    @Test
    void replacesALabelOfTheSameKeyAndLeavesTheOriginalAsItWas() {
        Metadata one = Metadata.of("a", "1");
        Metadata two = one.with("b", "2").with("a", "3");
        assertThat(one.get("a")).isEqualTo("1");
        assertThat(two.get("a")).isEqualTo("3");
        assertThat(two.size()).isEqualTo(2);
        assertThat(two.get("c")).isNull();
    }

    @Test
    void mergesWithTheOtherOnTop() {
        Metadata merged =
                Metadata.of(Map.of("a", "1")).with(Metadata.of("a", "2").with("b", "3"));
        assertThat(merged).isEqualTo(Metadata.of("b", "3").with("a", "2"));
        assertThat(merged.hashCode())
                .isEqualTo(Metadata.of("b", "3").with("a", "2").hashCode());
        assertThat(Metadata.EMPTY.with(merged)).isEqualTo(merged);
    }

    @Test
    void neverShowsAValue() {
        assertThat(Metadata.of("token", "secret").toString()).contains("token").doesNotContain("secret");
    }

    @Test
    void refusesAnEmptyKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Metadata.of("", "x"))
                .withMessage("metadata key: '' (expected: not empty)");
    }

    @Test
    void baggageIsWhatBeginsSoAndNothingElse() {
        Metadata mixed =
                Metadata.of("tenant", "acme").with("baggage.lane", "blue").with("baggage", "no");
        assertThat(mixed.baggage()).isEqualTo(Metadata.of("baggage.lane", "blue"));
        assertThat(Metadata.of("tenant", "acme").baggage()).isSameAs(Metadata.EMPTY);
    }
}
