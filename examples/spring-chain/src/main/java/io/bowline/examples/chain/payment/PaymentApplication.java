package io.bowline.examples.chain.payment;

import io.bowline.examples.chain.Tracing;
import io.bowline.examples.kit.Parent;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The payment service. */
@SpringBootApplication
@Import(Tracing.class)
public class PaymentApplication {
    public static void main(String[] args) {
        Parent.endWithIt(); // Part of the example: whoever started it may be gone.
        new SpringApplicationBuilder(PaymentApplication.class)
                .properties("spring.config.name=payment") // Three applications share this module.
                .run(args);
    }
}
