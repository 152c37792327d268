package io.bowline.examples.parts;

import io.bowline.examples.kit.Child;
import java.io.IOException;

/** Starts a provider and a consumer. Ends with 0 if the consumer was served, and refused, as it should be. */
public final class CustomParts {
    private CustomParts() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int exitCode;
        try (Child provider = Child.start("provider", Provider.class)) {
            String address = provider.await("listens on (.*)").group(1);
            try (Child consumer = Child.start("consumer", Consumer.class, address)) {
                exitCode = consumer.finish();
            }
        }
        Child.say("example", exitCode == 0 ? "all as expected" : "NOT as expected, see above");
        System.exit(exitCode);
    }
}
