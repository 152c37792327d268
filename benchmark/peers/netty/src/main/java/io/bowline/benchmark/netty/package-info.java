@NullMarked
package io.bowline.benchmark.netty;

import org.jspecify.annotations.NullMarked;
