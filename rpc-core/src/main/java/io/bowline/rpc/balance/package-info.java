/** Which of several providers takes a call. */
@NullMarked
package io.bowline.rpc.balance;

import org.jspecify.annotations.NullMarked;
