package com.techcourse.catalog.web;

import java.util.concurrent.TimeUnit;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Covers never change, and need no database: a browser asks once. */
@Controller
class Covers {

    private static final CacheControl FOREVER =
            CacheControl.maxAge(365, TimeUnit.DAYS).cachePublic().immutable();

    @GetMapping("/covers/{slug}.svg")
    ResponseEntity<String> cover(@PathVariable String slug) {
        if (!slug.matches("[a-z0-9-]{1,120}")) {
            return ResponseEntity.status(HttpStatus.NOT_FOUND).build();
        }
        return ResponseEntity.ok()
                .cacheControl(FOREVER)
                .header(HttpHeaders.CONTENT_TYPE, "image/svg+xml")
                .body(CoverArt.of(slug));
    }
}
