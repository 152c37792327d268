package io.bowline.rpc.discovery;

/** Something that lasts until it is closed. Closing twice does nothing. */
@FunctionalInterface
public interface Registration extends AutoCloseable {
    @Override
    void close();
}
