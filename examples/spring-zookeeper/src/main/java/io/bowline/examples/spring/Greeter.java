package io.bowline.examples.spring;

/** The contract: all that provider and consumer share. */
public interface Greeter {
    Greeting hello(String name);

    /** A text, and which provider wrote it. */
    record Greeting(String text, String provider) {}
}
