package com.techcourse.platform.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Who may call an endpoint: {@link #EVERYONE}, {@link #SIGNED_IN}, or the roles that one must act as. Which rows such a
 * caller then reaches, row security says.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OpenTo {

    String EVERYONE = "everyone";
    String SIGNED_IN = "signed-in";

    String[] value();
}
