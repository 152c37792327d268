/** What an application tells of its calls to whoever operates it. */
@NullMarked
package io.bowline.rpc.spring.actuate;

import org.jspecify.annotations.NullMarked;
