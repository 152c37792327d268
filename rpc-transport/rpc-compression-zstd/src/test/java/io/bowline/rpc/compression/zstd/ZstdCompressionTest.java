package io.bowline.rpc.compression.zstd;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.Plugins;
import io.bowline.rpc.testkit.CompressionContract;
import io.bowline.rpc.wire.Compression;
import org.junit.jupiter.api.Test;

class ZstdCompressionTest extends CompressionContract {
    @Override
    protected Compression compression() {
        return new ZstdCompression();
    }

    @Test
    void isFoundByName() {
        assertThat(Plugins.load(Compression.class, Compression::name).named("zstd"))
                .isInstanceOf(ZstdCompression.class);
    }
}
