/** What calls tell of themselves: numbers, lines of a log, and events of the JDK's flight recorder. Each is a filter or a listener. */
@NullMarked
package io.bowline.rpc.observe;

import org.jspecify.annotations.NullMarked;
