@NullMarked
package io.bowline.benchmark.bowline;

import org.jspecify.annotations.NullMarked;
