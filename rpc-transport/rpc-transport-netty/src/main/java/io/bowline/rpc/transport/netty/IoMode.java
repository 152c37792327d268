package io.bowline.rpc.transport.netty;

/** How a transport waits for the network. */
public enum IoMode {
    /**
     * {@link #EPOLL} where it is available and may be loaded without a warning of the JDK, else {@link #NIO}. From JDK 24
     * on, loading native code warns unless the process runs with {@code --enable-native-access=ALL-UNNAMED}.
     */
    AUTO,
    /** Linux epoll, by native code. */
    EPOLL,
    /** The JDK's selector: everywhere, and a little slower. */
    NIO
}
