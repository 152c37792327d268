package io.bowline.examples.spring.consumer;

import io.bowline.examples.spring.Greeter;
import io.bowline.rpc.spring.RpcReference;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Hands on what the provider says. */
@RestController
class HelloController {
    private final Greeter greeter;

    /** The reference is never null, whether or not a provider is there yet. */
    HelloController(@RpcReference Greeter greeter) {
        this.greeter = greeter;
    }

    @GetMapping("/hello")
    String hello(@RequestParam String name) {
        Greeter.Greeting greeting = greeter.hello(name);
        return greeting.text() + ", says " + greeting.provider();
    }
}
