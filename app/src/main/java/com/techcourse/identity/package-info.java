/** Who people are: users, roles, sessions, and the person who is signed in. */
@NullMarked
package com.techcourse.identity;

import org.jspecify.annotations.NullMarked;
