/** A new build that takes a growing share of the users, by rules that change while calls run. */
@NullMarked
package io.bowline.examples.grey;

import org.jspecify.annotations.NullMarked;
