/** What the examples share: processes that show what they say and end with whoever started them, and a real ZooKeeper. */
@NullMarked
package io.bowline.examples.kit;

import org.jspecify.annotations.NullMarked;
