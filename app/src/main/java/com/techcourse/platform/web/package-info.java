/** The web server: started by {@code up} on an opened database. */
@NullMarked
package com.techcourse.platform.web;

import org.jspecify.annotations.NullMarked;
