package io.bowline.rpc.compression.lz4;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.Plugins;
import io.bowline.rpc.testkit.CompressionContract;
import io.bowline.rpc.wire.Compression;
import org.junit.jupiter.api.Test;

class Lz4CompressionTest extends CompressionContract {
    @Override
    protected Compression compression() {
        return new Lz4Compression();
    }

    @Test
    void isFoundByName() {
        assertThat(Plugins.load(Compression.class, Compression::name).named("lz4"))
                .isInstanceOf(Lz4Compression.class);
    }
}
