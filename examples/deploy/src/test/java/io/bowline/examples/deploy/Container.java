package io.bowline.examples.deploy;

import io.bowline.examples.kit.Parent;

/** A main class, the argument, as a container would run it; but it ends with the test that started it. */
final class Container {
    private Container() {}

    public static void main(String[] args) throws InterruptedException {
        Parent.endWithIt();
        if (args[0].equals(Consumer.class.getName())) {
            Consumer.main(new String[0]);
        } else {
            Provider.main(new String[0]);
        }
    }
}
