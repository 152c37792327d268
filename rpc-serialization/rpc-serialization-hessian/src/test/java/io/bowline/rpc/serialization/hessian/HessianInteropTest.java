package io.bowline.rpc.serialization.hessian;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.com.caucho.hessian.io.Hessian2Input;
import com.alibaba.com.caucho.hessian.io.Hessian2Output;
import io.bowline.rpc.serialization.hessian.Samples.Bean;
import io.bowline.rpc.serialization.hessian.Samples.Colour;
import io.bowline.rpc.wire.Codec;
import io.bowline.rpc.wire.TypeGraph;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What we write another implementation reads, and the other way round. */
class HessianInteropTest {
    private final Codec any = HessianSerializer.create().value(Object.class, TypeGraph.values());

    private final List<Object> values = Arrays.asList(
            null,
            true,
            0,
            -17,
            2_048,
            -300_000,
            Integer.MIN_VALUE,
            5L,
            -2_049L,
            1L << 31,
            Long.MIN_VALUE,
            0.0,
            1.0,
            -7.0,
            300.0,
            12.345,
            Double.NaN,
            "",
            "x".repeat(1_500),
            "x".repeat(70_000),
            "naïve \u20ac \ud83d\ude00",
            new byte[0],
            new byte[20],
            new byte[70_000],
            new java.util.Date(1_234_567_890_123L),
            new int[] {1, 2, 3},
            new String[] {"a", null},
            new Object[] {1, "a"},
            new ArrayList<>(),
            new ArrayList<>(List.of(1, "a", new ArrayList<>(List.of(2L)))),
            new HashMap<>(Map.of("k", 1)),
            new ArrayList<>(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)));

    /** When it starts, the other implementation prints a stack trace for each JDK field that is closed to it. */
    @BeforeAll
    static void startQuietly() throws IOException {
        PrintStream err = System.err;
        System.setErr(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        try {
            theirs(theirs((Object) Bean.filled()));
        } finally {
            System.setErr(err);
        }
    }

    @Test
    void theyReadWhatWeWrite() throws IOException {
        for (Object value : values) {
            assertThat(theirs(Samples.bytes(any, value))).isEqualTo(value);
        }
    }

    @Test
    void weReadWhatTheyWrite() throws IOException {
        for (Object value : values) {
            assertThat(Samples.read(any, theirs(value))).isEqualTo(value);
        }
    }

    @Test
    void beansWithReferencesCrossBothWays() throws IOException {
        Bean bean = Bean.filled();
        Codec codec = Samples.codec(Bean.class);
        assertSame(bean, (Bean) theirs(Samples.bytes(codec, bean)));
        assertSame(bean, (Bean) Samples.read(codec, theirs((Object) bean)));
    }

    @Test
    void theirReferencesToEnumsAreRead() throws IOException {
        Colour[] twice = {Colour.RED, Colour.GREEN, Colour.RED};
        Codec codec = Samples.codec(Colour[].class);
        assertThat((Colour[]) Samples.read(codec, theirs((Object) twice))).containsExactly(twice);
        assertThat((Object[]) theirs(Samples.bytes(codec, twice))).containsExactly((Object[]) twice);
    }

    private static void assertSame(Bean expected, Bean actual) {
        assertThat(actual.next).isSameAs(actual);
        assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    }

    private static Object theirs(byte[] bytes) throws IOException {
        return new Hessian2Input(new ByteArrayInputStream(bytes)).readObject();
    }

    private static byte[] theirs(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Hessian2Output out = new Hessian2Output(bytes);
        out.writeObject(value);
        out.flush();
        return bytes.toByteArray();
    }
}
