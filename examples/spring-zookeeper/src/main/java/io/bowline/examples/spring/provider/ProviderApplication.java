package io.bowline.examples.spring.provider;

import io.bowline.examples.kit.Parent;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** A provider. It serves until it is told to go, by a signal. */
@SpringBootApplication
public class ProviderApplication {
    public static void main(String[] args) {
        Parent.endWithIt(); // Part of the example: whoever started it may be gone.
        new SpringApplicationBuilder(ProviderApplication.class)
                .properties("spring.config.name=provider") // Two applications share this module.
                .run(args);
    }
}
