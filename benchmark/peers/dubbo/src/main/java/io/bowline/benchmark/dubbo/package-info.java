@NullMarked
package io.bowline.benchmark.dubbo;

import org.jspecify.annotations.NullMarked;
