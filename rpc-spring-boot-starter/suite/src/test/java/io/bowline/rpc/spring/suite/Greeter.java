package io.bowline.rpc.spring.suite;

/** A contract. */
public interface Greeter {
    String hello(String name);
}
