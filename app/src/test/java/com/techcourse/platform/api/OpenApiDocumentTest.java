package com.techcourse.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code docs/openapi.json} is what {@code /v3/api-docs} answers, so that a change of the contract is seen in review.
 * {@code -Dtechcourse.rewrite=true} writes it.
 */
@Tag("embedded")
class OpenApiDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "openapi.json");

    @Test
    void theCommittedDocumentIsTheOneThatIsServed() throws IOException {
        try (ApiAcademy academy = ApiAcademy.start()) {
            String served = JsonMapper.builder()
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .build()
                            .writeValueAsString(academy.contract().json())
                    + "\n";
            if (Boolean.getBoolean("techcourse.rewrite")) {
                Files.writeString(DOCUMENT, served);
            }
            assertThat(Files.readString(DOCUMENT)).isEqualTo(served);
        }
    }
}
