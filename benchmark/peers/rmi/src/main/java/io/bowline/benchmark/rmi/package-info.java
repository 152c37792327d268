@NullMarked
package io.bowline.benchmark.rmi;

import org.jspecify.annotations.NullMarked;
