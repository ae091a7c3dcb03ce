package com.techcourse.platform.api;

import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The OpenAPI 3.1 document at {@code /v3/api-docs}: made from the endpoints themselves, so that it cannot lie. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    static final String SESSION = "session";
    static final String TOKEN = "token";

    static {
        SpringDocUtils.getConfig().replaceWithClass(Limit.class, Integer.class);
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(
                        com.techcourse.platform.Acting.class, com.techcourse.platform.ActingPerson.class);
    }

    @Bean
    OpenAPI document() {
        return new OpenAPI()
                .info(new Info()
                        .title("TechCourse")
                        .version("1")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0"))
                        .description("The academy over HTTP. Every refusal is a problem document (RFC 9457)."))
                .servers(List.of(new Server().url("/").description("This academy")))
                .components(new Components()
                        .addSecuritySchemes(
                                SESSION,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.APIKEY)
                                        .in(SecurityScheme.In.COOKIE)
                                        .name("techcourse_session")
                                        .description("The cookie of a sign-in; writes need X-CSRF-Token as well."))
                        .addSecuritySchemes(
                                TOKEN,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("A token for programs, with scopes."))
                        .addSchemas("Problem", ApiProblems.schema()));
    }

    /** The same names as in the JSON itself. */
    @Bean
    ModelResolver models(ApiSchemas schemas) {
        return schemas.resolver();
    }

    @Bean
    ApiSchemas schemas() {
        return new ApiSchemas();
    }

    @Bean
    OpenApiCustomizer requirements(ApiSchemas schemas) {
        return schemas::markRequired;
    }

    @Bean
    GlobalOperationCustomizer operations(ProblemDocuments documents) {
        return new ApiOperations(documents);
    }
}
