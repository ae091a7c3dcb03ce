/** Proof of what was changed: change log, price history, seals. */
@NullMarked
package com.techcourse.audit;

import org.jspecify.annotations.NullMarked;
