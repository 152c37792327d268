package io.bowline.examples.parts;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.client.RpcClientBuilder;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A consumer: {@code Consumer <address>}. Ends with 0 if each of five things went as it should. */
public final class Consumer {
    private static final Orders.Order ORDER = new Orders.Order(
            List.of(
                    new Orders.Line("tea", 3, new BigDecimal("4.20")),
                    new Orders.Line("grüner Tee", 1, new BigDecimal("5.00"))),
            null);

    private final Address provider;
    private int surprises;

    private Consumer(Address provider) {
        this.provider = provider;
    }

    public static void main(String[] args) {
        Consumer consumer = new Consumer(Address.parse(args[0]));
        consumer.callWithKey();
        consumer.callWithout();
        consumer.callWithAnotherKey();
        consumer.speakAnotherSerializer();
        consumer.askForWhatItCannotCarry();
        System.exit(consumer.surprises == 0 ? 0 : 1);
    }

    private void callWithKey() {
        try (RpcClient client =
                client().filter(ApiKeyFilter.sending("the-key-of-acme")).build()) {
            Orders.Receipt receipt = client.proxy(Orders.class).place(ORDER);
            expect("with a key", new Orders.Receipt("acme", new BigDecimal("17.60"), null), receipt);
        }
    }

    private void callWithout() {
        try (RpcClient client = client().build()) {
            fails(
                    "without a key",
                    Code.UNAUTHENTICATED,
                    () -> client.proxy(Orders.class).place(ORDER));
        }
    }

    private void callWithAnotherKey() {
        try (RpcClient client = client().filter(ApiKeyFilter.sending("a-guess")).build()) {
            fails(
                    "with a guessed key",
                    Code.UNAUTHENTICATED,
                    () -> client.proxy(Orders.class).place(ORDER));
        }
    }

    /** Protostuff, which is what a client takes when nobody says anything else. */
    private void speakAnotherSerializer() {
        try (RpcClient client = RpcClient.builder().addresses(provider).build()) {
            fails(
                    "with protostuff",
                    Code.SERIALIZER_NOT_ACCEPTED,
                    () -> client.proxy(Orders.class).place(ORDER));
        }
    }

    /** A contract that the serializer cannot carry fails when the proxy is made, not with the first call. */
    private void askForWhatItCannotCarry() {
        try (RpcClient client = client().build()) {
            fails("with a map", Code.NOT_SERIALIZABLE, () -> client.proxy(Stock.class));
        }
    }

    interface Stock {
        Map<String, Integer> pieces();
    }

    private RpcClientBuilder client() {
        return RpcClient.builder()
                .addresses(provider)
                .serializer(new FieldsSerializer())
                .timeout(Duration.ofSeconds(15)); // for a busy machine's first call
    }

    private void fails(String what, Code expected, Runnable call) {
        try {
            call.run();
            expect(what, expected, null);
        } catch (RpcException failure) {
            System.out.println(failure.getMessage());
            expect(what, expected, failure.code());
        }
    }

    private void expect(String what, Object expected, @Nullable Object seen) {
        boolean same = Objects.equals(expected, seen);
        surprises += same ? 0 : 1;
        System.out.printf("%s: %s%s%n", what, seen, same ? "" : " (expected: " + expected + ")");
    }
}
