package io.bowline.rpc.serialization.json;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** The long run, for ten minutes: {@code mvn -Pfuzz -pl :rpc-serialization-json -am verify}. */
class JsonReaderFuzz {
    @FuzzTest(maxDuration = "10m")
    void anyBytesAreAValueOrMalformed(byte[] bytes) {
        JsonFuzzTest.any(bytes);
    }
}
