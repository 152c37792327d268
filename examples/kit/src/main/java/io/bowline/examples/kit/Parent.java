package io.bowline.examples.kit;

import java.io.IOException;
import java.io.OutputStream;

/** The process that started this one. */
public final class Parent {
    private Parent() {}

    /** Ends this process when the parent does, however that happens: then the input ends. */
    public static void endWithIt() {
        afterIt(() -> System.exit(0));
    }

    /** Does something when the parent closes this process's input, or ends. */
    public static void afterIt(Runnable action) {
        Thread reader = new Thread(() -> {
            try {
                System.in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException closed) {
                // As good as its end.
            }
            action.run();
        });
        reader.setDaemon(true);
        reader.start();
    }
}
