package io.bowline.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @Test
    void readsWhatItWrites() {
        assertThat(Address.parse("host:9000")).isEqualTo(new Address("host", 9000));
        assertThat(Address.parse(" [::1]:80 ")).isEqualTo(new Address("::1", 80));
        assertThat(Address.parse("[::1]:80")).hasToString("[::1]:80");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", ":1", "host:", "host:x", "::1:80", "host:70000", "a b:1", "http://h:1", ""})
    void refusesWhatIsNoAddress(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.parse(text))
                .withMessageContaining("expected");
    }
}
