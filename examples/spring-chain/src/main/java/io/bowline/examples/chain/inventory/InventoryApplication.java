package io.bowline.examples.chain.inventory;

import io.bowline.examples.chain.Tracing;
import io.bowline.examples.kit.Parent;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The inventory. */
@SpringBootApplication
@Import(Tracing.class)
public class InventoryApplication {
    public static void main(String[] args) {
        Parent.endWithIt(); // Part of the example: whoever started it may be gone.
        new SpringApplicationBuilder(InventoryApplication.class)
                .properties("spring.config.name=inventory") // Three applications share this module.
                .run(args);
    }
}
