package io.bowline.examples.spring.consumer;

import io.bowline.examples.kit.Parent;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** A consumer. */
@SpringBootApplication
public class ConsumerApplication {
    public static void main(String[] args) {
        Parent.endWithIt(); // Part of the example: whoever started it may be gone.
        new SpringApplicationBuilder(ConsumerApplication.class)
                .properties("spring.config.name=consumer") // Two applications share this module.
                .run(args);
    }
}
