package io.bowline.rpc.registry.nacos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.discovery.RegistryUri;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NacosOptionsTest {
    @Test
    void readsAUri() {
        NacosOptions options = NacosOptions.of(RegistryUri.parse(
                "nacos://n1,n2:8850?namespace=dev&group=shop&cluster=east&username=me&password=s%26cret"));

        assertThat(options.serverList()).isEqualTo("n1:8848,n2:8850");
        assertThat(options.namespace()).isEqualTo("dev");
        assertThat(options.group()).isEqualTo("shop");
        assertThat(options.cluster()).isEqualTo("east");
        assertThat(options.username()).isEqualTo("me");
        assertThat(options.password()).isEqualTo("s&cret");
        assertThat(options).hasToString("nacos://n1:8848,n2:8850?namespace=dev&group=shop");
    }

    @Test
    void hasDefaults() {
        NacosOptions options = NacosOptions.of(RegistryUri.parse("nacos://me:secret@n1"));

        assertThat(options).isEqualTo(NacosOptions.of(new Address("n1", 8848)).withUser("me", "secret"));
        assertThat(options).hasToString("nacos://n1:8848?namespace=public&group=bowline");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zookeeper://n1",
                "nacos://",
                "nacos://n1/dev",
                "nacos://n1?gruop=shop",
                "nacos://n1?group=a%20b",
                "nacos://n1?namespace=a@b",
                "nacos://n1?cluster=a_b",
                "nacos://n1?username=me",
                "nacos://me@n1",
                "nacos://me:secret@n1?username=me&password=secret"
            })
    void refusesWhatItCannotUse(String uri) {
        assertThatThrownBy(() -> NacosRegistry.connect(uri))
                .isInstanceOfSatisfying(
                        RpcException.class,
                        refused -> assertThat(refused.code()).isEqualTo(Code.INVALID_CONFIGURATION))
                .hasMessageNotContaining("secret");
    }
}
