/** What each room of a call costs: one class a room, the project's own code and no copy of it. */
@NullMarked
package io.bowline.benchmark.micro;

import org.jspecify.annotations.NullMarked;
