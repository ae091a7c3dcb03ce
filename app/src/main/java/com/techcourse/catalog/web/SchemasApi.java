package com.techcourse.catalog.web;

import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.OpenTo;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Duration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;

/** Schemas of the documents that the API takes whole. */
@Api
class SchemasApi {

    static final String QUIZ = "/schemas/quiz-1.json";

    @GetMapping(QUIZ)
    @OpenTo(OpenTo.EVERYONE)
    @Operation(
            summary = "Schema of a quiz document",
            description = "JSON Schema 2020-12; its description says what the database checks besides.")
    @ApiResponse(
            responseCode = "200",
            description = "The schema.",
            content = @Content(mediaType = "application/schema+json", schema = @Schema(types = "object")))
    ResponseEntity<Resource> quiz() {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/schema+json"))
                .cacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePublic())
                .body(new ClassPathResource(QUIZ));
    }
}
