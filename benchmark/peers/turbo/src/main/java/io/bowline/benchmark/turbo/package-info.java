@NullMarked
package io.bowline.benchmark.turbo;

import org.jspecify.annotations.NullMarked;
