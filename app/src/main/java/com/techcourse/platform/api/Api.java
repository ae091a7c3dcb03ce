package com.techcourse.platform.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.web.bind.annotation.RestController;

/** Endpoints of one kind of thing, below {@code /api/v1}. Each says by {@link OpenTo} who may call it. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@RestController
public @interface Api {

    /** Where all endpoints lie. */
    String PREFIX = "/api/v1";
}
