@NullMarked
package io.bowline.benchmark.grpc;

import org.jspecify.annotations.NullMarked;
