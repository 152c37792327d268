package io.bowline.examples.spring.provider;

import io.bowline.examples.spring.Greeter;
import io.bowline.rpc.spring.RpcService;
import org.springframework.beans.factory.annotation.Value;

/** A bean like any other, which other applications may call. */
@RpcService
class PoliteGreeter implements Greeter {
    private final String name;

    PoliteGreeter(@Value("${greeter.name}") String name) {
        this.name = name;
    }

    @Override
    public Greeting hello(String who) {
        return new Greeting("Good morning, " + who, name);
    }
}
