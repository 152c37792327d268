@NullMarked
package io.bowline.benchmark.feign;

import org.jspecify.annotations.NullMarked;
