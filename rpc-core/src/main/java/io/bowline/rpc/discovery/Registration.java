package io.bowline.rpc.discovery;

/** Something that lasts until it is closed. Closing twice does nothing. */
@FunctionalInterface
public interface Registration extends AutoCloseable {
    @Override
    void close();

    /**
     * Whether the registry is known to hold what was registered: it has confirmed it, and is not known to have lost it
     * since. False until then, and while it is being registered again. While the registry is away this stays as it was,
     * since consumers go by what they were last told, too; whether it is away is told by {@link Registry#status}. Does not
     * block, and means nothing once this is closed.
     */
    default boolean established() {
        return true;
    }
}
