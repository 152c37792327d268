package io.bowline.examples.chain.order;

import io.bowline.examples.chain.Tracing;
import io.bowline.examples.kit.Parent;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The order service. */
@SpringBootApplication
@Import(Tracing.class)
public class OrderApplication {
    public static void main(String[] args) {
        Parent.endWithIt(); // Part of the example: whoever started it may be gone.
        new SpringApplicationBuilder(OrderApplication.class)
                .properties("spring.config.name=order") // Three applications share this module.
                .run(args);
    }
}
