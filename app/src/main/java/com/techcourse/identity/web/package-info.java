/** Sign-in, sign-out and the choice of the acting role; what guards every page. */
@NullMarked
package com.techcourse.identity.web;

import org.jspecify.annotations.NullMarked;
