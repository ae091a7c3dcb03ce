/** How fast an order is placed and paid, over HTTP and by the same SQL in pgbench, side by side. */
@NullMarked
package com.techcourse.platform.bench;

import org.jspecify.annotations.NullMarked;
