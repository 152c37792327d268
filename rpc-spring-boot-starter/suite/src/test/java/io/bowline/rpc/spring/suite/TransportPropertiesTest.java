package io.bowline.rpc.spring.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.spring.server.RpcServerLifecycle;
import io.bowline.rpc.spring.transport.ConfiguredTransport;
import io.bowline.rpc.transport.netty.NettyCompression;
import io.bowline.rpc.transport.netty.NettyTransport;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Both sides of a call speak as properties say: TLS with the certificates of an SSL bundle, and compressed. */
@Timeout(120)
class TransportPropertiesTest {
    @TempDir
    static Path folder;

    @BeforeAll
    static void certificate() throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair", "-alias", "shop", "-keyalg", "EC", "-dname", "CN=shop",
                        "-ext", "san=ip:127.0.0.1", "-validity", "2", "-storetype", "PKCS12",
                        "-storepass", "changeit", "-keystore", folder.resolve("shop.p12").toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
    }

    private static ApplicationContextRunner shop() {
        String store = folder.resolve("shop.p12").toString();
        return Started.of(Shop.class)
                .withPropertyValues(
                        "rpc.server.host=127.0.0.1",
                        "spring.ssl.bundle.jks.shop.keystore.location=file:" + store,
                        "spring.ssl.bundle.jks.shop.keystore.password=changeit",
                        "spring.ssl.bundle.jks.shop.keystore.type=PKCS12",
                        "spring.ssl.bundle.jks.shop.truststore.location=file:" + store,
                        "spring.ssl.bundle.jks.shop.truststore.password=changeit",
                        "spring.ssl.bundle.jks.shop.truststore.type=PKCS12");
    }

    @Test
    void callsAreSecuredByTheBundlesCertificatesOnBothSides() {
        shop().withPropertyValues(
                        "rpc.server.ssl.bundle=shop",
                        "rpc.server.ssl.client-auth=need",
                        "rpc.transport.ssl.bundle=shop")
                .run(context -> {
                    assertThat(context.getBean(Shop.Caller.class).greeter().hello("you")).isEqualTo("Hello, you");
                    String address = String.valueOf(
                            context.getBean(RpcServerLifecycle.class).server().address());
                    try (RpcClient plain = RpcClient.connect(address)) {
                        assertThatThrownBy(() -> plain.proxy(Greeter.class).hello("you"))
                                .hasMessageContaining("TLS");
                    }
                });
    }

    @Test
    void compressionIsSaidOfEitherSideWithTlsOrWithout() {
        shop().withPropertyValues(
                        "rpc.server.ssl.bundle=shop",
                        "rpc.transport.ssl.bundle=shop",
                        "rpc.transport.compress-above=16B")
                .run(context -> {
                    assertThat(context.getBean(Shop.Caller.class).greeter().hello("you".repeat(100)))
                            .isEqualTo("Hello, " + "you".repeat(100));
                    assertThat(above(context, "rpcClientTransport")).isEqualTo(16);
                    assertThat(above(context, "rpcServerTransport")).isEqualTo(NettyCompression.NEVER);
                });
        Started.of(Shop.class)
                .withPropertyValues("rpc.server.host=127.0.0.1", "rpc.server.compress-above=8KB")
                .run(context -> {
                    assertThat(context.getBean(Shop.Caller.class).greeter().hello("you")).isEqualTo("Hello, you");
                    assertThat(above(context, "rpcServerTransport")).isEqualTo(8192);
                    assertThat(context).doesNotHaveBean("rpcClientTransport");
                });
    }

    private static int above(ApplicationContext context, String bean) {
        NettyTransport transport =
                context.getBean(bean, ConfiguredTransport.class).transport();
        return transport.options().compression().above();
    }

    @Test
    void aBundleThatThereIsNotFailsTheStart() {
        shop().withPropertyValues("rpc.server.ssl.bundle=shoop").run(context -> assertThat(context.getStartupFailure())
                .hasStackTraceContaining("no SSL bundle is named 'shoop'"));
    }

    @Test
    void whatClientAuthIsNotFailsTheStart() {
        shop().withPropertyValues("rpc.server.ssl.bundle=shop", "rpc.server.ssl.client-auth=ned")
                .run(context -> assertThat(context.getStartupFailure()).hasStackTraceContaining("Did you mean need?"));
    }
}
