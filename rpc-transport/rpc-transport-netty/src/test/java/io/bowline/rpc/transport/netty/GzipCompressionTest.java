package io.bowline.rpc.transport.netty;

import io.bowline.rpc.testkit.CompressionContract;
import io.bowline.rpc.wire.Compression;
import io.bowline.rpc.wire.GzipCompression;

class GzipCompressionTest extends CompressionContract {
    @Override
    protected Compression compression() {
        return new GzipCompression();
    }
}
