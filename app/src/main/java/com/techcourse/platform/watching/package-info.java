/** What operators and their tools see: figures of the database and of the business, and the page that shows them. */
@NullMarked
package com.techcourse.platform.watching;

import org.jspecify.annotations.NullMarked;
