package io.bowline.rpc.serialization.hessian;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** The long run, for ten minutes: {@code mvn -Pfuzz -pl :rpc-serialization-hessian -am verify}. */
class HessianReaderFuzz {
    @FuzzTest(maxDuration = "10m")
    void anyBytesAreAValueOrMalformed(byte[] bytes) {
        HessianFuzzTest.any(bytes);
    }
}
