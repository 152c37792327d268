package io.bowline.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CodeTest {
    @Test
    void numbersAreUniqueAndFitTheWire() {
        assertThat(Arrays.stream(Code.values()).map(Code::number))
                .doesNotHaveDuplicates()
                .allMatch(n -> n > 0 && n < 64);
        assertThat(Arrays.stream(Code.values()).map(code -> Code.of(code.number())))
                .containsExactly(Code.values());
    }

    @Test
    void anUnknownNumberReadsAsInternal() {
        assertThat(Code.of(0)).isEqualTo(Code.INTERNAL);
        assertThat(Code.of(63)).isEqualTo(Code.INTERNAL);
        assertThat(Code.of(-5)).isEqualTo(Code.INTERNAL);
        assertThat(Code.of(1_000)).isEqualTo(Code.INTERNAL);
    }

    @Test
    void theLabelIsWhatMessagesShow() {
        assertThat(Code.NO_PROVIDER.label()).isEqualTo("RPC-NO-PROVIDER");
    }
}
