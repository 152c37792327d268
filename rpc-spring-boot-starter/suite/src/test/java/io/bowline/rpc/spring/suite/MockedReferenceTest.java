package io.bowline.rpc.spring.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.doReturn;

import io.bowline.rpc.spring.RpcReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

/** Tests replace references as they replace any bean. */
class MockedReferenceTest {
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Desk.class)
    static class Application {}

    @Component
    static class Desk {
        @RpcReference
        private Greeter greeter;

        @RpcReference(version = "2")
        private Greeter second;
    }

    @Nested
    @SpringBootTest(classes = Application.class)
    class ByType {
        @MockitoBean
        private Greeter greeter;

        @Autowired
        private Desk desk;

        @Test
        void replacesTheOneThatSaysNothingMore() {
            given(greeter.hello("x")).willReturn("mocked");
            assertThat(desk.greeter.hello("x")).isEqualTo("mocked");
            assertThat(desk.second).isNotSameAs(greeter);
        }
    }

    @Nested
    @SpringBootTest(classes = Application.class)
    class ByAnnotation {
        @MockitoBean
        @RpcReference(version = "2")
        private Greeter second;

        @Autowired
        private Desk desk;

        @Test
        void replacesTheOneThatSaysTheSame() {
            given(second.hello("x")).willReturn("mocked");
            assertThat(desk.second.hello("x")).isEqualTo("mocked");
            assertThat(desk.greeter).isNotSameAs(second);
        }
    }

    @Nested
    @SpringBootTest(classes = Application.class)
    class Spied {
        @MockitoSpyBean
        @RpcReference
        private Greeter greeter;

        @Autowired
        private Desk desk;

        @Test
        void standsInForSomeCalls() {
            doReturn("spied").when(greeter).hello("x");
            assertThat(desk.greeter.hello("x")).isEqualTo("spied");
        }
    }
}
