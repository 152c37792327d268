package io.bowline.rpc.stream;

import java.io.IOException;
import java.io.InputStream;

/** A stream of blocks as bytes, one after the other. */
final class BlockInputStream extends InputStream {
    private final StreamIterator<byte[]> blocks;
    private byte[] block = {};
    private int at;

    BlockInputStream(StreamIterator<byte[]> blocks) {
        this.blocks = blocks;
    }

    @Override
    public int read() throws IOException {
        return fill() ? block[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, block.length - at);
        System.arraycopy(block, at, target, offset, count);
        at += count;
        return count;
    }

    /** Whether there is a byte, once that is known. */
    private boolean fill() throws IOException {
        try {
            while (at == block.length) {
                if (!blocks.hasNext()) {
                    return false;
                }
                block = blocks.next();
                at = 0;
            }
            return true;
        } catch (RuntimeException failed) {
            throw new IOException("the stream failed: " + failed.getMessage(), failed);
        }
    }

    @Override
    public int available() {
        return block.length - at;
    }

    @Override
    public void close() {
        blocks.close();
    }
}
