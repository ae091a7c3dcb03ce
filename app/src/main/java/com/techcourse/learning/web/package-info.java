/** Learning over HTTP. */
@NullMarked
package com.techcourse.learning.web;

import org.jspecify.annotations.NullMarked;
